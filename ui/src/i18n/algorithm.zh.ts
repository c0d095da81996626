export const algorithmZh = {
  algorithm: {
    title: "签名算法", p256: "通用（P-256）", sm2: "国密（SM2）", p256Hint: "各种工具和 PDF 阅读器都认。没有特别要求就用它。",
    sm2Hint: "交换包和回执用 SM2/SM3 签。PDF 阅读器不认 SM2，所以同时做一张 P-256 的 PDF 证书：同一个姓名、同一个口令，另有自己的核对码和指纹。",
    uncertified: "本程序未经国家密码管理部门检测认证，不是商用密码产品。",
    shortP256: "P-256", shortSm2: "SM2", other: "本程序不认识的算法", forPdf: "签 PDF（P-256）", forContent: "签交换包和回执（SM2）", pdfCertificate: "SM2；PDF 用 P-256 证书",
    beside: "签 PDF 用同名的 P-256 证书，在右上角切换。要请办公室签发，两张各写一份申请。", besideSm2: "这张证书只签 PDF；交换包和回执由同名的 SM2 证书签，在右上角切换。",
    request: "密钥是 SM2，签发的证书用来签交换包和回执。",
  },
};
