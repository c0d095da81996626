export const trustZh = {
  trust: { own: "本人", trusted: "已登记", unknown: "未登记", revoked: "已撤销", unfit: "不能签文件", outOfTerm: "不在有效期", byOffice: "由{name}签发", compare: "核对并登记…" },
  trustPage: {
    title: "身份与信任", clock: "本机时钟 {now}",
    expertText: "交出去的文件要让人知道是您签的。照下面的步骤做一遍，以后每次签名只要口令。", unitText: "交出去的文件要让人知道是本单位签的。照下面的步骤做一遍，以后每次签名只要口令。", officeText: "办公室给各单位、各专家发证书，收到的文件就能自动认出是谁签的。全程不联网，文件用 U 盘传递。",
    done: "已完成", now: "现在做", later: "稍后", anytime: "随时",
  },
  certificate: {
    spoken: "核对码", spokenHint: "念给对方听，对方在自己的程序里听写", fingerprint: "完整指纹（SHA-256）", issuer: "签发", self: "本人自签，还没有办公室担保", root: "办公室自己的根证书", term: "有效期", period: "{from} 至 {until}",
    inForce: "有效", endsSoon: "快到期了", notYet: "还没有生效：先看本机的日期对不对", expired: "已到期",
  },
  trustOwn: {
    title: "我的身份", make: "建立身份",
    request: "向办公室申请证书", requestText: "写出一个申请文件，用 U 盘交给办公室。办公室会请您念核对码，确认文件是您的。", requestAct: "写出申请文件…", requested: "{at} 写出过申请，等办公室签发。", requestAgain: "再写一次…",
    take: "换用办公室签发的证书", takeText: "办公室发回证书文件后，在右边“收到的文件”里打开它。密钥和口令都不变。", taken: "已由{name}签发。", accept: "登记办公室", acceptText: "登记了办公室，凡是它签发的人，签名都认得。请办公室念它的核对码，您来听写。", accepted: "已登记{name}。",
    another: "另建一个身份…", isOffice: "我这里就是给别人发证书的办公室…",
  },
  founding: {
    explain: "办公室证书像一枚公章的底样：各单位、各专家登记它一次，以后凡是它签发的人都认得。密钥留在这个工作区里，用口令打开。", name: "办公室名称", organisation: "所属单位",
    forget: "口令请两个人分别记牢。忘了口令就不能再签发和撤销，只能另建办公室、请所有人重新登记。", create: "建立办公室证书", needName: "请填写办公室名称，它会出现在签发的证书里", needOrganisation: "请填写所属单位",
  },
  trustOffice: {
    title: "办公室", make: "建立办公室证书", hand: "把办公室证书交给各单位、各专家", handText: "写出证书文件，拷给大家；对方登记时，您念下面的核对码。", handAct: "写出办公室证书…",
    issue: "给申请人签发证书", issueText: "收到申请文件（.csr）后，在右边“收到的文件”里打开；请申请人念核对码，听写无误才签发。", issued: "已签发 {n} 张", none: "还没有签发过", revoke: "有人离开、丢了电脑时撤销证书", revokeText: "在下面的签发记录里撤销，程序写出新的撤销名单，再发给大家。", list: "撤销名单第 {number} 号，{written}，{n} 张", renew: "重写撤销名单…", overdue: "满一年了，请重写一份发给大家",
    records: "签发记录", person: "姓名、单位", at: "签发时间", until: "有效期至", state: "状态", again: "再写一次证书…", revokeAct: "撤销…", revoked: "{at} 撤销：{reason}", more: "“{name}”的更多操作",
  },
  trustFile: {
    title: "收到的文件", text: "证书申请、证书、撤销名单拿到后都在这里打开，也可以拖进窗口。程序先说明它是什么，不会自动采用。", file: "文件", placeholder: ".csr、.crt、.pem、.crl 文件的完整路径", files: "申请、证书和名单", look: "看是什么", looking: "正在看…",
    request: "{name}（{organisation}）的证书申请", requestKnown: "这个申请人以前签发过证书，再签发就多一张。", issue: "核对并签发…", needOffice: "先建立办公室证书，才能签发。",
    own: "办公室发给“{name}”的证书，对应本机的身份", import: "换用这张证书", ownKnown: "已经在用了。", imported: "已换用新证书。密钥和口令不变，以前签出的文件不受影响。",
    office: "办公室“{name}”的证书", person: "{name}（{organisation}）的证书", accept: "核对并登记…", known: "已经登记过了。", accepted: "已登记“{name}”。",
    list: "{name}的撤销名单，第 {number} 号，{written}，{n} 张证书", takeList: "采用这份名单", listKnown: "本机已有同样新的名单。", listTaken: "已采用，以后查验和导入都按它判断。",
  },
  trustList: {
    title: "信任名单", text: "只看这里登记的人和办公室，不问任何网络。", empty: "还没有登记过别人。导入过交换包、或在上面打开过对方的证书以后，会列在这里。", who: "谁", how: "怎样认得", since: "时间",
    byHand: "听过核对码", byOffice: "由{name}签发", own: "本工作区的办公室", unknown: "未核对", withdrawn: "已去掉", revoked: "已被撤销：{reason}", office: "办公室", accept: "核对并登记…", withdraw: "去掉…", again: "重新登记…",
    details: "核对码、指纹和有效期", withdrawTitle: "从名单里去掉", withdrawText: "去掉“{name}”以后，这张证书的签名不再算数；已经导入的打分不会动。可以再登记回来。", withdrawOffice: "去掉“{name}”以后，它签发的人变回“未登记”；已经导入的打分不会动。可以再登记回来。", reason: "原因（可不填）", withdrawAct: "去掉", withdrawnNow: "已去掉“{name}”。",
  },
  heard: {
    title: "核对并登记", intro: "请{name}打电话或当面，念出自己“身份与信任”里的核对码，您在这里听写。不要看着本机的数字抄。", introOffice: "请{name}的人打电话或当面念出办公室的核对码，您在这里听写。不要用文件旁边附的数字。", label: "听到的核对码（6 组，每组 5 个数字）", count: "已听写 {n} / 30", full: "也可以粘贴对方另外发来的完整指纹（64 位）。", note: "备注（可不填），例如怎样核对的", accept: "对上了就登记", several: "包里有几位签名人，听写哪一位就登记哪一位。",
  },
  issuing: {
    title: "核对并签发证书", intro: "请{name}念出自己屏幕上的核对码，您在这里听写；对上了才签发。", name: "写进证书的姓名", organisation: "写进证书的单位", years: "有效几年", passphrase: "办公室的口令", directory: "证书写到哪个文件夹（U 盘）", issue: "签发并写出", done: "证书已写出，把文件交回给{name}", spokenText: "对方登记办公室时，念这个核对码给对方听：",
    needName: "请填写姓名", needOrganisation: "请填写单位", needFolder: "请选择文件夹", needPassphrase: "请输入口令", needHeard: "请先听写 30 个数字",
  },
  revoking: {
    title: "撤销证书", text: "撤销“{name}”的证书。此后的签名不再算数；撤销不能收回，可以重新签发一张。", reason: "原因", keyCompromise: "密钥可能落到别人手里（丢了电脑、口令泄露）", keyHint: "以前的签名也不再算数，因为别人可以写任何时间。", affiliationChanged: "已不在这个单位", superseded: "已换发新证书", cessation: "不再做评估", unspecified: "不说明", revoke: "撤销并写出名单", done: "撤销名单已写出，发给登记了本办公室的每一位",
  },
  handing: {
    requestTitle: "写出证书申请", officeTitle: "写出办公室证书", againTitle: "再写一次证书", listTitle: "重写撤销名单", directory: "写到哪个文件夹（U 盘）", passphrase: "口令", write: "写出", done: "已写出", spoken: "对方核对时，念这个核对码给对方听：", close: "关闭", folder: "选择文件夹",
  },
  unverified: { label: "联系不上签名人，先写入，以后再核对", hint: "在“身份与信任”的名单里随时可以补核对。" },
};
