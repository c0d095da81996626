// Looking at evidence inside the program.
export const viewerZh = {
  viewer: {
    of: "预览：{name}", busy: "正在读取…", stopped: "已停止读取", again: "重新预览", previous: "上一件", next: "下一件", outside: "用系统程序打开", enlarge: "放大", back: "还原", space: "空格", close: "收起预览", show: "显示预览",
    pictureTools: "缩放与旋转", fit: "适合窗口", turnLeft: "向左转", turnRight: "向右转", pixels: "{width} × {height} 像素", reduced: "原图 {width} × {height} 像素，这里显示的是缩小的图", notDrawn: "图片没有显示出来",
    words: "文件的文字", sheets: "工作表", noWords: "里面没有文字。", more: "内容很长，这里只显示前面一部分；看全文请用系统程序打开。",
    textNote: "纯文本，编码 {encoding}", documentNote: "只显示文字和表格，不是原来的版式", tablesNote: "只显示单元格的文字，不是原来的版式",
    none: { sound: "录音不能在这里播放。", film: "录像不能在这里播放。", old: "旧格式的 Office 文件不能在这里预览。", other: "这种文件不能在这里预览。" },
    danger: { program: "这个文件会运行程序，不要轻易打开。", disguised: "这个文件是程序，文件名却不像；不要打开，先向提供的人核实。", macros: "这个文件里有宏，打开前先确认来源。" },
    pdfFailed: "这份 PDF 是坏的，显示不出来", pdfFailedTodo: "用系统程序打开看一下；还是不行，请提供的人重新发一份。",
    pdfProtected: "这份 PDF 设有打开密码，这里不显示", pdfProtectedTodo: "用系统程序打开并输入密码；或请提供的人去掉密码另存一份。",
    openAnyway: "仍然打开", openTitle: "打开前请确认",
  },
  leftovers: {
    found: "有 {n} 个没有拷完的文件（共 {size}），是以前拷贝时中断留下的，不属于任何一件材料。", clear: "清除", cleared: "没有拷完的文件已清除；目录里的材料都没有变。",
  },
};
