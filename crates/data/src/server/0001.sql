-- The tables of published results. What was released is never changed here: a change is one more migration.
CREATE SCHEMA IF NOT EXISTS hengjian;

-- Which migrations were applied.
CREATE TABLE hengjian.migration (
  version integer PRIMARY KEY,
  applied_at timestamptz NOT NULL DEFAULT now()
);

-- Facts that belong together, by what they are; digest: SHA-256 over what they say, empty once another piece took one of
-- their rows over. Their rows in the other tables were written in the same transaction.
CREATE TABLE hengjian.piece (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key text NOT NULL UNIQUE,
  digest text NOT NULL,
  office text NOT NULL,
  program text NOT NULL,
  published_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE hengjian.label (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  domain text NOT NULL,
  code text NOT NULL,
  zh text NOT NULL,
  en text NOT NULL,
  PRIMARY KEY (domain, code)
);
CREATE INDEX ON hengjian.label (piece);

CREATE TABLE hengjian.rubric (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  digest text NOT NULL,
  edition text NOT NULL,
  title text NOT NULL,
  total numeric(18, 6) NOT NULL,
  text text NOT NULL,
  PRIMARY KEY (rubric, year, digest)
);
CREATE INDEX ON hengjian.rubric (piece);

CREATE TABLE hengjian.indicator (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  rubric_digest text NOT NULL,
  code text NOT NULL,
  title text NOT NULL,
  level bigint NOT NULL,
  parent text,
  max numeric(18, 6) NOT NULL,
  place bigint NOT NULL,
  PRIMARY KEY (rubric, year, rubric_digest, code)
);
CREATE INDEX ON hengjian.indicator (piece);

CREATE TABLE hengjian.point (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  rubric_digest text NOT NULL,
  code text NOT NULL,
  indicator text NOT NULL,
  title text NOT NULL,
  category text,
  max numeric(18, 6) NOT NULL,
  place bigint NOT NULL,
  PRIMARY KEY (rubric, year, rubric_digest, code)
);
CREATE INDEX ON hengjian.point (piece);

CREATE TABLE hengjian.unit (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  unit text NOT NULL,
  PRIMARY KEY (rubric, year, unit)
);
CREATE INDEX ON hengjian.unit (piece);

CREATE TABLE hengjian.assessor (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  assessor text NOT NULL,
  organisation text NOT NULL,
  PRIMARY KEY (rubric, year, assessor, organisation)
);
CREATE INDEX ON hengjian.assessor (piece);

CREATE TABLE hengjian.assessment (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  rubric_digest text NOT NULL,
  unit text NOT NULL,
  PRIMARY KEY (rubric, year, rubric_digest, unit)
);
CREATE INDEX ON hengjian.assessment (piece);

CREATE TABLE hengjian.sheet (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  digest text NOT NULL,
  sheet text NOT NULL,
  revision bigint NOT NULL,
  previous text,
  reason text,
  rubric_digest text NOT NULL,
  unit text NOT NULL,
  stage text NOT NULL,
  assessor text NOT NULL,
  organisation text NOT NULL,
  finalised_at timestamptz NOT NULL,
  total numeric(18, 6) NOT NULL,
  grade text,
  PRIMARY KEY (rubric, year, digest)
);
CREATE INDEX ON hengjian.sheet (piece);

CREATE TABLE hengjian.mark (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  sheet_digest text NOT NULL,
  point text NOT NULL,
  mark numeric(18, 6),
  direct boolean NOT NULL,
  overridden boolean NOT NULL,
  doubtful boolean NOT NULL,
  remark text,
  PRIMARY KEY (rubric, year, sheet_digest, point)
);
CREATE INDEX ON hengjian.mark (piece);

CREATE TABLE hengjian.step (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  sheet_digest text NOT NULL,
  kind text NOT NULL,
  place text NOT NULL,
  number bigint NOT NULL,
  code text NOT NULL,
  amount numeric(38, 28),
  running numeric(38, 28),
  reading text,
  PRIMARY KEY (rubric, year, sheet_digest, kind, place, number)
);
CREATE INDEX ON hengjian.step (piece);

CREATE TABLE hengjian.score (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  sheet_digest text NOT NULL,
  indicator text NOT NULL,
  score numeric(18, 6) NOT NULL,
  PRIMARY KEY (rubric, year, sheet_digest, indicator)
);
CREATE INDEX ON hengjian.score (piece);

CREATE TABLE hengjian.category_score (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  sheet_digest text NOT NULL,
  category text NOT NULL,
  score numeric(18, 6) NOT NULL,
  PRIMARY KEY (rubric, year, sheet_digest, category)
);
CREATE INDEX ON hengjian.category_score (piece);

CREATE TABLE hengjian.adjustment (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  sheet_digest text NOT NULL,
  code text NOT NULL,
  amount numeric(18, 6) NOT NULL,
  PRIMARY KEY (rubric, year, sheet_digest, code)
);
CREATE INDEX ON hengjian.adjustment (piece);

CREATE TABLE hengjian.condition (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  sheet_digest text NOT NULL,
  code text NOT NULL,
  present boolean NOT NULL,
  PRIMARY KEY (rubric, year, sheet_digest, code)
);
CREATE INDEX ON hengjian.condition (piece);

CREATE TABLE hengjian.judgement (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  sheet_digest text NOT NULL,
  evidence text NOT NULL,
  verdict text NOT NULL,
  note text NOT NULL,
  PRIMARY KEY (rubric, year, sheet_digest, evidence)
);
CREATE INDEX ON hengjian.judgement (piece);

CREATE TABLE hengjian.standing (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  office text NOT NULL,
  sheet text NOT NULL,
  sheet_digest text NOT NULL,
  PRIMARY KEY (rubric, year, office, sheet)
);
CREATE INDEX ON hengjian.standing (piece);

CREATE TABLE hengjian.signature (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  office text NOT NULL,
  sheet_digest text NOT NULL,
  fingerprint text NOT NULL,
  signer text,
  signer_organisation text,
  PRIMARY KEY (rubric, year, office, sheet_digest, fingerprint)
);
CREATE INDEX ON hengjian.signature (piece);

CREATE TABLE hengjian.package (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  office text NOT NULL,
  sheet_digest text NOT NULL,
  package text NOT NULL,
  file text NOT NULL,
  arrived_at timestamptz NOT NULL,
  PRIMARY KEY (rubric, year, office, sheet_digest, package)
);
CREATE INDEX ON hengjian.package (piece);

CREATE TABLE hengjian.evidence (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  office text NOT NULL,
  evidence text NOT NULL,
  rubric_digest text NOT NULL,
  unit text NOT NULL,
  name text NOT NULL,
  date text NOT NULL,
  kind text,
  note text NOT NULL,
  medium text,
  file_name text NOT NULL,
  size bigint NOT NULL,
  sha256 text NOT NULL,
  from_sheet text,
  PRIMARY KEY (rubric, year, office, evidence)
);
CREATE INDEX ON hengjian.evidence (piece);

CREATE TABLE hengjian.evidence_point (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  office text NOT NULL,
  evidence text NOT NULL,
  point text NOT NULL,
  page text,
  PRIMARY KEY (rubric, year, office, evidence, point)
);
CREATE INDEX ON hengjian.evidence_point (piece);

CREATE TABLE hengjian.panel (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  panel text NOT NULL,
  office text NOT NULL,
  name text NOT NULL,
  stage text NOT NULL,
  rubric_digest text NOT NULL,
  declared boolean NOT NULL,
  method text NOT NULL,
  per text NOT NULL,
  rounding text NOT NULL,
  step numeric(18, 6) NOT NULL,
  holds text NOT NULL,
  least bigint NOT NULL,
  point_outlier bigint,
  total_outlier bigint,
  trim text NOT NULL,
  ties text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (rubric, year, panel)
);
CREATE INDEX ON hengjian.panel (piece);

CREATE TABLE hengjian.panel_member (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  panel text NOT NULL,
  assessor text NOT NULL,
  organisation text NOT NULL,
  leader boolean NOT NULL,
  PRIMARY KEY (rubric, year, panel, assessor, organisation)
);
CREATE INDEX ON hengjian.panel_member (piece);

CREATE TABLE hengjian.recusal (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  panel text NOT NULL,
  assessor text NOT NULL,
  organisation text NOT NULL,
  unit text NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (rubric, year, panel, assessor, organisation, unit)
);
CREATE INDEX ON hengjian.recusal (piece);

CREATE TABLE hengjian.panel_sheet (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  panel text NOT NULL,
  sheet text NOT NULL,
  stage text NOT NULL,
  unit text NOT NULL,
  assessor text NOT NULL,
  organisation text NOT NULL,
  phase text NOT NULL,
  sheet_digest text,
  contested bigint,
  decided text,
  PRIMARY KEY (rubric, year, panel, sheet)
);
CREATE INDEX ON hengjian.panel_sheet (piece);

CREATE TABLE hengjian.panel_cell (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  panel text NOT NULL,
  unit text NOT NULL,
  assessor text NOT NULL,
  organisation text NOT NULL,
  standing text NOT NULL,
  sheet_digest text,
  total numeric(18, 6),
  grade text,
  part text,
  outlier boolean NOT NULL,
  PRIMARY KEY (rubric, year, panel, unit, assessor, organisation)
);
CREATE INDEX ON hengjian.panel_cell (piece);

CREATE TABLE hengjian.calculation (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  panel text NOT NULL,
  unit text NOT NULL,
  code text NOT NULL,
  sum numeric(18, 6) NOT NULL,
  divisor bigint NOT NULL,
  dropped bigint NOT NULL,
  spread numeric(18, 6) NOT NULL,
  computed numeric(18, 6),
  agreed boolean NOT NULL,
  mark numeric(18, 6),
  PRIMARY KEY (rubric, year, panel, unit, code)
);
CREATE INDEX ON hengjian.calculation (piece);

CREATE TABLE hengjian.calculation_mark (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  panel text NOT NULL,
  unit text NOT NULL,
  code text NOT NULL,
  assessor text NOT NULL,
  organisation text NOT NULL,
  mark numeric(18, 6) NOT NULL,
  part text NOT NULL,
  PRIMARY KEY (rubric, year, panel, unit, code, assessor, organisation)
);
CREATE INDEX ON hengjian.calculation_mark (piece);

CREATE TABLE hengjian.result (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  panel text NOT NULL,
  unit text NOT NULL,
  counted bigint NOT NULL,
  total numeric(18, 6),
  percent numeric(18, 6),
  grade text,
  vetoed boolean NOT NULL,
  rank bigint,
  tied boolean NOT NULL,
  own_total numeric(18, 6),
  PRIMARY KEY (rubric, year, panel, unit)
);
CREATE INDEX ON hengjian.result (piece);

CREATE TABLE hengjian.result_score (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  panel text NOT NULL,
  unit text NOT NULL,
  indicator text NOT NULL,
  score numeric(38, 28) NOT NULL,
  PRIMARY KEY (rubric, year, panel, unit, indicator)
);
CREATE INDEX ON hengjian.result_score (piece);

CREATE TABLE hengjian.flag (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  panel text NOT NULL,
  unit text NOT NULL,
  number bigint NOT NULL,
  code text NOT NULL,
  zh text NOT NULL,
  en text NOT NULL,
  PRIMARY KEY (rubric, year, panel, unit, number)
);
CREATE INDEX ON hengjian.flag (piece);

CREATE TABLE hengjian.agreement (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  panel text NOT NULL,
  measure text NOT NULL,
  value numeric(18, 6),
  units bigint NOT NULL,
  PRIMARY KEY (rubric, year, panel, measure)
);
CREATE INDEX ON hengjian.agreement (piece);

CREATE TABLE hengjian.decision (
  piece bigint NOT NULL REFERENCES hengjian.piece (id),
  rubric text NOT NULL,
  year bigint NOT NULL,
  decision text NOT NULL,
  kind text NOT NULL,
  panel text,
  unit text,
  place text NOT NULL,
  taken text,
  before text,
  given text,
  reason text NOT NULL,
  decided_by text,
  organisation text,
  decided_at timestamptz NOT NULL,
  PRIMARY KEY (rubric, year, decision)
);
CREATE INDEX ON hengjian.decision (piece);
