-- Rubrics exactly as scored, by the digest of their file.
CREATE TABLE rubric (
  digest TEXT PRIMARY KEY,
  id TEXT NOT NULL,
  edition TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;

-- One unit in one year under one rubric.
CREATE TABLE assessment (
  id TEXT PRIMARY KEY,
  rubric TEXT NOT NULL REFERENCES rubric (digest),
  unit TEXT NOT NULL,
  year INTEGER NOT NULL,
  UNIQUE (rubric, unit, year)
) STRICT;

-- One assessor's sheet; times are seconds since 1970 in UTC.
CREATE TABLE sheet (
  id TEXT PRIMARY KEY,
  assessment TEXT NOT NULL REFERENCES assessment (id),
  stage TEXT NOT NULL,
  assessor TEXT NOT NULL,
  organisation TEXT NOT NULL,
  revision INTEGER NOT NULL,
  phase TEXT NOT NULL,
  reason TEXT,
  previous TEXT,
  digest TEXT,
  finalised_at INTEGER,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  last_point TEXT,
  imported INTEGER NOT NULL
) STRICT;
CREATE INDEX sheet_assessment ON sheet (assessment);

-- What the assessor entered: marks, conditions, remarks, doubts.
CREATE TABLE entry (
  sheet TEXT NOT NULL REFERENCES sheet (id),
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (sheet, kind, code)
) STRICT, WITHOUT ROWID;

-- Changes in their order, for undo and redo; those of one act of a person are undone and redone together.
CREATE TABLE change (
  id INTEGER PRIMARY KEY,
  sheet TEXT NOT NULL REFERENCES sheet (id),
  act INTEGER NOT NULL,
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  old TEXT,
  new TEXT,
  undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX change_sheet ON change (sheet, undone, act, id);

-- Finalised revisions, never edited: the canonical sheet file, its SHA-256, and the fingerprints of who signed it.
CREATE TABLE revision (
  sheet TEXT NOT NULL REFERENCES sheet (id),
  revision INTEGER NOT NULL,
  digest TEXT NOT NULL,
  file TEXT NOT NULL,
  signers TEXT NOT NULL,
  PRIMARY KEY (sheet, revision, digest)
) STRICT, WITHOUT ROWID;

-- Files in the evidence folder.
CREATE TABLE blob (
  sha256 TEXT PRIMARY KEY,
  extension TEXT NOT NULL,
  size INTEGER NOT NULL
) STRICT;

-- The catalogue of an assessment. origin: the expert's sheet and what was brought; none for the unit's own. details: what is asked of the medium, by key; photo: what a photograph itself records.
CREATE TABLE evidence (
  id TEXT PRIMARY KEY,
  assessment TEXT NOT NULL REFERENCES assessment (id),
  sha256 TEXT NOT NULL REFERENCES blob (sha256),
  name TEXT NOT NULL,
  date TEXT NOT NULL,
  kind TEXT NOT NULL,
  note TEXT NOT NULL,
  medium TEXT NOT NULL,
  details TEXT NOT NULL,
  photo TEXT,
  origin TEXT,
  file_name TEXT NOT NULL,
  added_at INTEGER NOT NULL
) STRICT;
CREATE INDEX evidence_assessment ON evidence (assessment, sha256);

-- Which points a piece of evidence supports, and on which page.
CREATE TABLE evidence_point (
  evidence TEXT NOT NULL REFERENCES evidence (id) ON DELETE CASCADE,
  point TEXT NOT NULL,
  page TEXT NOT NULL,
  PRIMARY KEY (evidence, point)
) STRICT, WITHOUT ROWID;

-- Identities of this machine; the key is encrypted with its owner's passphrase. requested_at: when a request for an office was written; replaced_by: the certificate that an office issued for the same key; pdf_of: SHA-256 of the public key of the identity whose PDFs this one signs.
CREATE TABLE identity (
  fingerprint TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  organisation TEXT NOT NULL,
  valid_until INTEGER NOT NULL,
  certificate TEXT NOT NULL,
  key TEXT NOT NULL,
  requested_at INTEGER,
  replaced_by TEXT,
  pdf_of TEXT
) STRICT;

-- Certificates that this workspace has met: of people who signed, of offices. key: SHA-256 of the public key, which stays when an office issues a certificate for a key that had another.
CREATE TABLE certificate (
  fingerprint TEXT PRIMARY KEY,
  key TEXT NOT NULL,
  pem TEXT NOT NULL,
  met_at INTEGER NOT NULL
) STRICT;

-- Whom this workspace accepts (信任名单), people and offices; who was taken off keeps the row.
CREATE TABLE trusted (
  fingerprint TEXT PRIMARY KEY REFERENCES certificate (fingerprint),
  authority INTEGER NOT NULL,
  note TEXT NOT NULL,
  at INTEGER NOT NULL,
  withdrawn_at INTEGER,
  reason TEXT
) STRICT;

-- The latest revocation list of each office.
CREATE TABLE revocation_list (
  authority TEXT PRIMARY KEY REFERENCES certificate (fingerprint),
  pem TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

-- The office of this workspace: its root's key, encrypted with a passphrase.
CREATE TABLE office (
  fingerprint TEXT PRIMARY KEY REFERENCES certificate (fingerprint),
  key TEXT NOT NULL
) STRICT;

-- What the office issued.
CREATE TABLE issued (
  fingerprint TEXT PRIMARY KEY REFERENCES certificate (fingerprint),
  at INTEGER NOT NULL,
  revoked_at INTEGER,
  reason TEXT
) STRICT;

-- Signatures drawn by hand, kept with an identity when its owner wishes; drawing: its lines, as JSON.
CREATE TABLE drawn_signature (
  identity TEXT PRIMARY KEY REFERENCES identity (fingerprint),
  drawing TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Everything that was done (history), in its order; only ever added to, numbered from 1 without gaps. hash: SHA-256 over the row and the hash of the row before it.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT,
  sheet TEXT,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  old TEXT,
  new TEXT,
  reason TEXT,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_sheet ON audit (sheet);

-- Where the history stands: how many rows it has, and the hash of the last one.
CREATE TABLE history_head (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  rows INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;
INSERT INTO history_head VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- Texts that a unit writes for an assessment: task summaries and the self-evaluation report.
CREATE TABLE writing (
  assessment TEXT NOT NULL REFERENCES assessment (id),
  place TEXT NOT NULL,
  part TEXT NOT NULL,
  text TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (assessment, place, part)
) STRICT, WITHOUT ROWID;

-- The schedule (进度安排) of an assessment, in its order; none while the rubric's own stands.
CREATE TABLE schedule (
  assessment TEXT NOT NULL REFERENCES assessment (id),
  position INTEGER NOT NULL,
  time TEXT NOT NULL,
  item TEXT NOT NULL,
  who TEXT NOT NULL,
  note TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (assessment, position)
) STRICT, WITHOUT ROWID;

-- Who does what in an assessment (任务分解), where it differs from what its rubric prints.
CREATE TABLE assignment (
  assessment TEXT NOT NULL REFERENCES assessment (id),
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (assessment, kind, key)
) STRICT, WITHOUT ROWID;

-- Its changes in their order, for undo and redo; those of one act of a person are undone and redone together.
CREATE TABLE assignment_change (
  id INTEGER PRIMARY KEY,
  assessment TEXT NOT NULL REFERENCES assessment (id),
  act INTEGER NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  old TEXT,
  new TEXT,
  undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX assignment_change_act ON assignment_change (assessment, undone, act, id);

-- What was chosen for this workspace: the role of its owner, the language.
CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Sheets that were taken off the list; restoring one takes its row away. Their records stay.
CREATE TABLE removed_sheet (
  sheet TEXT PRIMARY KEY REFERENCES sheet (id),
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Assessments of the sample: nobody's results, so their sheets may be taken off the list in any phase.
CREATE TABLE sample (
  assessment TEXT PRIMARY KEY REFERENCES assessment (id)
) STRICT, WITHOUT ROWID;

-- Packages that were written and taken in, in their order. The counts are of sheets that came with an import. sheets: what is inside, as JSON; receipt: what a receipt for one that was taken in says, as JSON.
CREATE TABLE parcel (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  imported INTEGER NOT NULL,
  path TEXT NOT NULL,
  size INTEGER NOT NULL,
  unit TEXT NOT NULL,
  year INTEGER NOT NULL,
  assessors TEXT NOT NULL,
  verdict TEXT NOT NULL,
  added INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  same INTEGER NOT NULL,
  conflicting INTEGER NOT NULL,
  sheets TEXT NOT NULL,
  receipt TEXT
) STRICT;

-- Receipts that others signed for packages of this machine, by the SHA-256 of their files; file: as it came, body: what it says.
CREATE TABLE receipt (
  id TEXT PRIMARY KEY,
  arrived_at INTEGER NOT NULL,
  taken_at INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  file BLOB NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The sheets that a receipt names.
CREATE TABLE receipt_sheet (
  receipt TEXT NOT NULL REFERENCES receipt (id),
  sheet TEXT NOT NULL REFERENCES sheet (id),
  revision INTEGER NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (sheet, receipt, revision)
) STRICT, WITHOUT ROWID;

-- The list of problems of an assessment (问题清单): each problem under its id, and the day of the written notice.
CREATE TABLE rectification (
  assessment TEXT NOT NULL REFERENCES assessment (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (assessment, key)
) STRICT, WITHOUT ROWID;

-- Its changes in their order, for undo and redo; those of one act of a person are undone and redone together.
CREATE TABLE rectification_change (
  id INTEGER PRIMARY KEY,
  assessment TEXT NOT NULL REFERENCES assessment (id),
  act INTEGER NOT NULL,
  key TEXT NOT NULL,
  old TEXT,
  new TEXT,
  undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX rectification_change_act ON rectification_change (assessment, undone, act, id);

-- Key pairs (age X25519) that open packages encrypted to this workspace, the latest last.
CREATE TABLE exchange_key (
  id INTEGER PRIMARY KEY,
  recipient TEXT NOT NULL UNIQUE,
  secret TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT;

-- Whom packages are encrypted to: others' public keys, under names.
CREATE TABLE recipient (
  key TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

-- Panels (专家组) over the units of one rubric, year and stage.
CREATE TABLE panel (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  rubric TEXT NOT NULL REFERENCES rubric (digest),
  year INTEGER NOT NULL,
  stage TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0 -- off the list; it can be put back
) STRICT;
CREATE UNIQUE INDEX panel_name ON panel (name) WHERE removed = 0;

-- Members, leader, recusals, policy and agreed marks of a panel.
CREATE TABLE panel_entry (
  panel TEXT NOT NULL REFERENCES panel (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (panel, key)
) STRICT;

-- Their changes in their order, for undo and redo; those of one act of a person are undone and redone together.
CREATE TABLE panel_change (
  id INTEGER PRIMARY KEY,
  panel TEXT NOT NULL REFERENCES panel (id),
  act INTEGER NOT NULL,
  key TEXT NOT NULL,
  old TEXT,
  new TEXT,
  undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX panel_change_act ON panel_change (panel, undone, act, id);

-- Texts of a panel's reports that a person wrote in place of the drafts. unit: empty for what all units share; draft: what it was written over.
CREATE TABLE panel_text (
  panel TEXT NOT NULL REFERENCES panel (id),
  unit TEXT NOT NULL,
  place TEXT NOT NULL,
  text TEXT NOT NULL,
  draft TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (panel, unit, place)
) STRICT, WITHOUT ROWID;

-- Views of a panel's results that were given a name: what is asked for, as JSON.
CREATE TABLE result_view (
  panel TEXT NOT NULL REFERENCES panel (id),
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  PRIMARY KEY (panel, name)
) STRICT;

-- Indicators of two editions that were declared to mean the same, by the digests of the rubrics.
CREATE TABLE edition_match (
  old TEXT NOT NULL REFERENCES rubric (digest),
  new TEXT NOT NULL REFERENCES rubric (digest),
  old_code TEXT NOT NULL,
  new_code TEXT NOT NULL,
  PRIMARY KEY (old, new, new_code),
  UNIQUE (old, new, old_code)
) STRICT;

-- Runs of taking many files in; one is undone as one. log: what became of each file, as JSON.
CREATE TABLE import_run (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  files INTEGER NOT NULL,
  -- How many files became what, as JSON: runs are listed without reading their logs.
  counts TEXT NOT NULL,
  log TEXT NOT NULL,
  undone_at INTEGER
) STRICT;

-- What a run changed, row by row in its order: the columns as JSON, before and after.
CREATE TABLE import_change (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES import_run (id),
  place TEXT NOT NULL,
  old TEXT,
  new TEXT
) STRICT;
CREATE INDEX import_change_run ON import_change (run, id);

-- Packages with contents that contend (冲突): kept but for evidence, so that a person can decide when all sides are known. body: texts and signatures, as JSON.
CREATE TABLE contested_package (
  content TEXT PRIMARY KEY,
  path TEXT NOT NULL,
  size INTEGER NOT NULL,
  at INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;

-- Their sheets that contend: the canonical file, its SHA-256, and the fingerprints of who signed it. They stay after a decision.
CREATE TABLE contested (
  sheet TEXT NOT NULL,
  revision INTEGER NOT NULL,
  digest TEXT NOT NULL,
  file TEXT NOT NULL,
  signers TEXT NOT NULL,
  package TEXT NOT NULL REFERENCES contested_package (content),
  PRIMARY KEY (sheet, revision, digest)
) STRICT;
CREATE INDEX contested_of_package ON contested (package);

-- What people decided about contents and names: signed, never edited. digest: SHA-256 of the signed file (CMS with the content inside); body: what it says, as JSON.
CREATE TABLE decision (
  digest TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  body TEXT NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
