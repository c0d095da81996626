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

-- Identities of this machine; the key is encrypted with its owner's passphrase.
CREATE TABLE identity (
  fingerprint TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  organisation TEXT NOT NULL,
  valid_until INTEGER NOT NULL,
  certificate TEXT NOT NULL,
  key TEXT NOT NULL
) STRICT;

-- Everything that was done, in its order; only ever added to.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  sheet TEXT,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  old TEXT,
  new TEXT
) STRICT;
CREATE INDEX audit_sheet ON audit (sheet);

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

-- Packages that were written and taken in, in their order. The counts are of sheets that came with an import.
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
  conflicting INTEGER NOT NULL
) STRICT;

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
