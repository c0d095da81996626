// The Chinese wording of the workbook in which a sheet is filled in.
export const scoreBookZh = {
  scoreBook: {
    title: "用 Excel 填写", text: "把这份打分表导出成工作簿，发给各部门用 Excel 或 WPS 填写，填好后导入。", export: "导出工作簿…", import: "导入填好的…", locked: "已经定稿，重开以后才能再填。",
    exportTitle: "导出评分工作簿", exportText: "每一项可填的内容占一行，写明能填什么；已经记下的填在里面，别的格子锁着。", exportName: "{unit}-{year}-{stage}-评分工作簿.xlsx",
    importTitle: "导入填好的工作簿", importText: "先列出将要改变的各格，看过再写入；有一处错就全不写入。", book: "工作簿", bookHint: ".xlsx 文件的完整路径", books: "电子表格", read: "读取", apply: "写入 {n} 处", anyway: "照样读取",
    anywayHint: "别的打分表的工作簿：填了的格子都会写入，空着的不动。", changes: "将改变 {n} 处", none: "工作簿里没有改动，打分表不用变。", done: "写入了 {n} 处，打分表已经更新。", cell: "单元格", item: "项目", before: "现在", after: "改为", blank: "空",
    since: "导出时是 {value}，程序里后来改过", missing: "工作簿里没有 {n} 行，这些项保持原样", faults: "有 {n} 处错，没有写入", fault: "有什么错", todo: "怎么办",
  },
};
