// Texts of the catalogue table and of a piece of evidence.
export const piecesZh = {
  pieces: {
    loose: "未关联观测点", of: "（共{n}条）", ofOnSite: "另有专家现场 {n} 件", sort: "排序；再点一次反过来，第三次按指标", choose: "选中 {name}", chooseAll: "全选",
    foot: "直接在格里改，或把文件拖进表格；", footTab: "换格，", footFill: "向下填充，可从 Excel 粘贴",
    bulk: "对选中的材料", chosen: "已选 {n} 件", setDate: "时间…", setMedium: "材料形式…", apply: "填入", unlink: "取消关联", unlinkTitle: "取消与哪个观测点的关联",
    takePhotos: "采用照片记录", canUndo: "可撤销", clear: "取消选择", removeMany: "把选中的 {name}从目录里移除，{n} 个观测点不再引用它们。可以撤销。",
    medium: "材料形式", noMedium: "未选（附件5 分别要求）", page: "页码，如 第3页", pageOf: "{code} 的页码",
    hinted: "待处理", toLookAt: "待处理 {n}", more: "还有 {n} 件，用“待处理”筛选",
    taken: "照片记录的拍摄时间 {time}", place: "照片记录的位置 {place}", fromPhoto: "已取自照片", takePhoto: "采用照片记录", join: "并入“{name}”：关联移过去，去掉这一条",
    alreadyThere: "已在目录里，只作关联：{places}", standsAt: "“{name}”（{points}）",
  },
};
