/** Workbooks as rows: {@code ExcelReader}. */
package dev.odyssey.transform.excel;
