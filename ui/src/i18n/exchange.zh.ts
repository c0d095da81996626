// The Chinese wording of masked and encrypted packages, and of signatures added to them.
export const exchangeZh = {
  readers: {
    title: "给谁看", mask: "脱敏副本", maskHint: "遮盖姓名、电话和身份证号；不含材料文件，不能当原件导入",
    names: "要遮盖的姓名（{n} 个）", namesPlaceholder: "一行一个姓名", namesHint: "先列出材料目录、问题清单和名单里的姓名，可以增删。留第一个字，其余成为＊；电话和身份证号总是遮盖。评估人是签名的人，不遮盖。",
    encrypt: "加密交换包", encryptHint: "只有选中的收件人和本工作区打得开；PDF 不加密", to: "加密给谁", nobody: "还没有记下收件人。请对方把“收件钥匙”那一行发来，再在下面记下。", keys: "收件钥匙和收件人…",
    needRecipient: "选了加密，还没有选加密给谁。",
  },
  sealing: {
    title: "收件钥匙", own: "别人给我发加密包", ownText: "把下面这一行发给要给你发包的人。这一行可以公开，谁拿到都只能用来加密给你，打不开任何东西。",
    copy: "复制", copied: "已复制", made: "{date} 制作。", older: "以前的 {n} 把仍能打开旧的包。", make: "制作收件钥匙", renew: "换一把新的",
    renewText: "换了以后，要把新的一行再发给各个发件人；旧的钥匙留着，以前的包照样打得开。",
    others: "我给别人发加密包", none: "还没有收件人。让对方在他的衡鉴里打开“收件钥匙”，把那一行发来。",
    name: "名字", namePlaceholder: "例如 市评估办公室", key: "对方的收件钥匙", keyPlaceholder: "age1 开头的一行", add: "记下",
    remove: "删掉", removeNamed: "删掉 {name}", removeSure: "确定删掉",
    safety: "加密防的是 U 盘丢失，包是谁做的、改没改过仍看签名。私钥和材料一起存在本工作区里，工作区丢了就打不开以前的加密包，请定期备份。",
  },
  countersign: {
    title: "在这个包上签名", hint: "专家组依次签名；内容和先前的签名都不变", noIdentity: "本机还没有签名身份。先在任一份打分表的“文书”里新建身份。",
    to: "签完加密给谁（本工作区总能打开）", already: "这个身份已经签过这个包。", passphrase: "签名身份的口令", sign: "签名", running: "正在签名并重新查验", done: "已签名，现在有 {n} 个签名。",
  },
};
