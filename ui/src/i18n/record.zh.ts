// The Chinese wording of the record of a verification.
export const recordZh = {
  record: {
    title: "核验记录", export: "导出核验报告…", exportTitle: "导出核验报告", exportText: "一页 PDF：查了什么、每一项的结果和依据、谁签的名、不用本程序重做一遍的命令。写出以前重新核验一遍。", ending: "核验报告",
    checks: "逐项结果", check: "核验的事", outcome: "结果", note: "说明", clause: "依据",
    commands: "不用本程序，自己再核验一遍", commandsText: "在放着这个文件的文件夹里打开终端，从上到下依次输入。用到的都是通用程序：coreutils、unzip、openssl、poppler；bagit.py 用 pip install bagit 安装。",
    copy: "复制", copied: "已复制", copyOf: "复制命令：{purpose}", copyAll: "全部复制", selected: "已选中，按 Ctrl+C 复制", expected: "应看到", nothing: "什么也不显示",
    facts: "{kind}　{size}　{at}　{program}",
  },
};
