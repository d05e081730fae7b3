// Opens a workbook with exceljs and saves it: node exceljs.mjs FROM TO
import ExcelJS from "exceljs";

const [from, to] = process.argv.slice(2);
const book = new ExcelJS.Workbook();
await book.xlsx.readFile(from);
await book.xlsx.writeFile(to);
