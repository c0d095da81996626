// Data out: tables in files, publishing, results from a server.
export const factsEn = {
  facts: {
    joint: ", ", tied: "{n} (tied)", title: "Export tables", intro: "Writes signed sheets, panels and results as tables with one fact a line, with where each came from (package, signer, revision). The evidence itself is not in them.",
    none: "There is no data to export yet", noneText: "Once signed sheets were taken in they are listed here by rubric and year. The sample does not count.", toInbox: "To the inbox",
    what: "What to export", all: "Everything", units: "{n} units", sheets: "{n} sheets", panels: "Panels: {names}", noPanel: "no panel yet", onlyPanel: "Only this panel", anyPanel: "All panels",
    format: "Format", csv: "CSV", parquet: "Parquet", sqlite: "SQLite",
    csvHint: "A file for each table, opened by Excel; texts that begin like a formula have an apostrophe before them and compute nothing.", parquetHint: "In folders by rubric and year, for DuckDB, Spark and the like; decimals are exact.", sqliteHint: "One file with the same tables; decimals are texts, so that nothing is lost.",
    folder: "Write to the folder", folderTitle: "Choose or make an empty folder", needFolder: "Give a folder", replace: "Replace what an earlier export left there", run: "Export", running: "Writing tables",
    done: "{files} files with {rows} rows were written", where: "in {folder}", table: "Table", file: "File", rows: "Rows", size: "Bytes", digest: "SHA-256", describes: "Description", several: "All tables", again: "Export again", copyDigests: "Copy digests", copied: "Copied",
    server: "Database (PostgreSQL)", serverText: "Several offices can publish their results in one database and look at them from there. Publishing again doubles nothing; after a broken connection it completes.", serverLocal: "Only a database of this machine is connected to. Where it is elsewhere, ask for an encrypted tunnel first.",
    publish: "Publish…", read: "Results in the database…", address: "Address of the database", addressHint: "postgres://, then user, this machine and the database", password: "Password", passwordHint: "Used once and not kept; without one PGPASSWORD or the password file counts", office: "Published by", needOffice: "Give the publishing office's name", needAddress: "Give the address of the database",
    check: "Check the connection", checking: "Connecting…", ready: "Connected; results of {n} panels are there", fresh: "Connected; nothing was published yet, the tables are made the first time",
    choice: "What is published", choiceText: "The same as under “What to export”: {what}", publishNow: "Publish", publishAgain: "Publish again", publishing: "Publishing", published: "Published to {server}", added: "New", replaced: "Replaced", same: "There already", written: "Rows written", pieces: "{n} pieces", by: "Published by",
    readTitle: "Results in the database", connect: "Connect", servedPanel: "Panel", ofOffice: "{name} ({office}, {year})", noServed: "There are no results of a panel in the database yet.",
    show: { ranking: "Ranking", grades: "Grades", matrix: "Units and members", indicators: "Weak indicators" }, showLabel: "Which table",
    col: { rank: "Rank", unit: "Unit", total: "Total", percent: "Share", grade: "Grade", units: "Units", code: "Code", indicator: "Indicator", below: "Below the line" }, noResult: "no result", noGrade: "no grade",
  },
};
