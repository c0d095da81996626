-- The ranking of each panel, beside what the marks of the sheets that counted sum up to: the mean that anybody can reckon again.
SELECT
  p.name AS panel,
  r.unit AS unit,
  r.rank AS place,
  r.total AS total,
  r.grade AS grade,
  COUNT(DISTINCT c.sheet_digest) AS sheets,
  SUM(m.mark) AS marks
FROM result r
JOIN panel p ON p.panel = r.panel
LEFT JOIN panel_cell c ON c.panel = r.panel AND c.unit = r.unit AND c.standing = 'counted'
LEFT JOIN mark m ON m.sheet_digest = c.sheet_digest
GROUP BY p.name, r.unit, r.rank, r.total, r.grade
ORDER BY p.name, r.rank, r.unit
