// One workbook in (JSON on the standard input), the asked cells out (JSON).
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(`${process.argv[2]}/`);
const { HyperFormula } = require("hyperformula");
const job = JSON.parse(readFileSync(0, "utf8"));
const engine = HyperFormula.buildFromSheets(job.sheets, {
  licenseKey: "gpl-v3",
  useArrayArithmetic: true,
});
const answers = job.asked.map(([sheet, row, col]) => {
  const value = engine.getCellValue({ sheet: engine.getSheetId(sheet), row, col });
  return value !== null && typeof value === "object" ? value.value : value;
});
process.stdout.write(JSON.stringify(answers));
