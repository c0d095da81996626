// Data out: tables in files, publishing, results from a server.
export const factsZh = {
  facts: {
    joint: "、", tied: "{n}（并列）", title: "导出数据表", intro: "把已签名的打分表、专家组和结果写成一行一事的数据表，连同来历（哪个包、谁签的、第几版）。材料内容不在其中。",
    none: "还没有可以导出的数据", noneText: "收下已签名的打分表以后，这里按指标体系和年度列出。示例不算。", toInbox: "去收件",
    what: "导出哪些", all: "全部", units: "{n} 个单位", sheets: "{n} 份打分表", panels: "专家组：{names}", noPanel: "还没有专家组", onlyPanel: "只要这个专家组", anyPanel: "全部专家组",
    format: "格式", csv: "CSV", parquet: "Parquet", sqlite: "SQLite",
    csvHint: "每张表一个文件，Excel 直接打开；以等号等开头的文字前加了撇号，不会被当成公式。", parquetHint: "按指标体系和年度分文件夹，供 DuckDB、Spark 等直接查询；小数是精确小数。", sqliteHint: "一个文件，里面是同样的表；小数存成文字，避免误差。",
    folder: "写到文件夹", folderTitle: "选择或新建一个空文件夹", needFolder: "写上文件夹", replace: "里面是上次导出的数据时，换掉", run: "导出", running: "正在写数据表",
    done: "已写出 {files} 个文件、{rows} 行", where: "在 {folder}", table: "数据表", file: "文件", rows: "行", size: "字节", digest: "SHA-256", describes: "说明", several: "全部表", again: "再导出一次", copyDigests: "复制摘要", copied: "已复制",
    server: "数据库（PostgreSQL）", serverText: "几个办公室可以把各自的结果发布到同一个数据库，再从那里看结果。反复发布不会重复；断开了再发布一次就补齐。", serverLocal: "只连本机的数据库。数据库在别处时，请管理员先开加密隧道。",
    publish: "发布…", read: "看数据库里的结果…", address: "数据库地址", addressHint: "写法是 postgres://，接用户、本机名和数据库名", password: "密码", passwordHint: "只用这一次，不保存；不写时用 PGPASSWORD 或密码文件", office: "由谁发布", needOffice: "写上发布单位的名称", needAddress: "写上数据库地址",
    check: "检查连接", checking: "正在连接…", ready: "连接正常，已有 {n} 个专家组的结果", fresh: "连接正常，还没有发布过；第一次发布时建表",
    choice: "发布的内容", choiceText: "与上面“导出哪些”相同：{what}", publishNow: "发布", publishAgain: "再发布一次", publishing: "正在发布", published: "已发布到 {server}", added: "新增", replaced: "更新", same: "已有，跳过", written: "写入的行", pieces: "{n} 项", by: "发布单位",
    readTitle: "数据库里的结果", connect: "连接", servedPanel: "专家组", ofOffice: "{name}（{office}，{year}）", noServed: "数据库里还没有专家组的结果。",
    show: { ranking: "名次", grades: "等次", matrix: "单位与专家", indicators: "弱项" }, showLabel: "看哪一张表",
    col: { rank: "名次", unit: "单位", total: "总分", percent: "得分率", grade: "等次", units: "单位数", code: "编号", indicator: "指标", below: "低于线" }, noResult: "没有结果", noGrade: "没有等次",
  },
};
