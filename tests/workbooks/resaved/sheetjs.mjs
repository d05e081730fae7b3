// Opens a workbook with SheetJS and saves it: node sheetjs.mjs FROM TO
import XLSX from "xlsx";

const [from, to] = process.argv.slice(2);
// Without them SheetJS drops number formats and the widths of columns.
const book = XLSX.readFile(from, { cellNF: true, cellStyles: true });
XLSX.writeFile(book, to, { compression: true });
