// The Chinese wording of signing: passphrases, drawn signatures, further signatures on a PDF.
export const signingZh = {
  signing: {
    open: "口令这次已经输过，还记着", openHint: "只在内存里，关窗、锁上或四小时不用就忘掉。", forget: "锁上",
    drawn: "手写签名", drawnHint: "可以不写，电子签名同样有效", none: "没有手写签名，签名栏里印姓名。", draw: "手写…", redraw: "重写…", without: "这次不用", use: "用记下的", kept: "已记在这个身份下", once: "只用这一次", forgetDrawing: "删去记下的",
    pad: "手写签名框：用手指、触控笔或鼠标在里面写名字", padHint: "在这里写名字", dialog: "手写签名", dialogText: "用手指、触控笔或鼠标写下名字。它会印在签名栏里，旁边是姓名、单位、时间和证书指纹。", takeBack: "退一笔", clear: "全部重写", keep: "记在“{name}”的身份下，下次不用再写", take: "就用这个", picture: "手写的签名",
    another: "在这个 PDF 上再签一名…", title: "在 PDF 上签名", text: "原来的文件不动，另写一个加签的文件；前面各人的签名都仍然有效。", file: "要签的文件", target: "加签后写到", targetHint: "新文件的完整路径，以 .pdf 结尾", reason: "签名事由", reasons: { member: "评估人签名", head: "专家组组长签名", unit: "单位负责人签名", office: "评估办公室签名" },
    identity: "签名人", sign: "签名", running: "正在签名…", done: "已经签好，前面的签名都仍然有效。", written: "写到 {path}", close: "关闭", needIdentity: "这台电脑上还没有签名身份，先建一个。", needTarget: "请填写加签后写到哪里", needReason: "请填写签名事由", needPassphrase: "请输入口令", suffix: "{name}签",
    differences: "印出的与重算的不同之处", where: "在哪里", printed: "印出的", computed: "重算的", page: "第 {n} 页", data: "所附数据", outside: "表格以外", blank: "空",
  },
};
