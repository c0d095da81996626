// The Chinese wording of the documents of an assessment and of their preview.
export const documentsZh = {
  papers: {
    title: "文书", hint: "点名称预览，点格式导出", export: "导出", exportAs: "把“{title}”导出成 {format}", exportTitle: "导出{title}（{format}）", exportText: "写到选定的文件夹。已经有同名文件时会先问。", missing: "还不能出", go: "去{place}", none: "这套指标体系没有要出的文书。", setIn: "{done}，字体：{fonts}",
    choose: "在左边选一份文书，这里显示它的各页。", indicator: "指标", department: "部门", all: "全部", warnings: "要留意的 {n} 处",
    signed: "签过名的打分表和交换包另在一处导出。", options: "版式与字体", profile: "版式", fonts: "字体", seal: "印章", sealChoose: "选择图片…", sealNone: "不加盖", sealRemove: "去掉", sealFiles: "图片", profiles: { "oucsx-2021": "办学评估文书格式", "gbt-9704-2012": "GB/T 9704—2012" }, fontsFrom: { system: "本机字体优先", bundled: "只用自带字体" },
  },
  preview: {
    title: "预览", pages: "文书各页", tools: "页与缩放", page: "页码", pageOf: "第 {n} 页，共 {of} 页", previous: "上一页", next: "下一页", zoom: "缩放", larger: "放大", smaller: "缩小", fit: "适合宽度", making: "正在排版“{title}”…",
    failed: "这份文书显示不出来", failedTodo: "再试一次；还是不行就导出成 PDF，用阅读器打开。文书和打分都没有变。",
  },
};
