// Cells copied from Excel or Word, understood as rows of the sheet: quoted cells, a head, the annex's own columns.
"use strict";
window.tuanhocTable = (() => {
  const HEADS = [
    [null, /^(s?tt|so tt|so thu tu)$/], ["held_on", /^(ngay|thoi gian|ngay thang)/], ["starts_at", /^(gio|buoi)/],
    ["place", /^(dia diem|noi (?!dung))/], ["content", /^(noi dung|hoat dong|ten hoat dong)/], ["note", /^ghi chu/],
  ];
  const DAY = /^(?:(?:thứ\s+\S+|chủ nhật)\s*,?\s*)?(?:ngày\s+)?(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?$/i;
  const HOUR = /^\d{1,2}\s*(?:[:hg]|giờ)\s*\d{0,2}(?:\s*(?:-|–|đến)\s*\d{1,2}\s*(?:[:hg]|giờ)?\s*\d{0,2})?$|^(?:sáng|chiều|tối)$/i;
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().trim();

  // Cells between tabs, rows between line ends; a cell with either inside stands in quotes, quotes doubled.
  function cells(text) {
    const rows = [[]];
    const ends = /"((?:[^"]|"")*)"(?=\t|\r?\n|$)|([^\t\r\n]*)/y;
    for (let at = 0; ;) {
      ends.lastIndex = at;
      const found = ends.exec(text);
      rows.at(-1).push((found[1]?.replaceAll('""', '"') ?? found[2]).trim());
      at = ends.lastIndex;
      if (at >= text.length) break;
      if (text[at] === "\t") { at += 1; continue; }
      at += text.startsWith("\r\n", at) ? 2 : 1;
      if (at >= text.length) break;
      rows.push([]);
    }
    return rows.filter((row) => row.some(Boolean));
  }

  function byHead(row) {
    const found = row.map((cell) => HEADS.find(([, head]) => head.test(fold(cell)))?.[0]);
    return found.filter((name) => name !== undefined).length >= 2 ? found : null;
  }

  function byLooks(rows, width) {
    const looks = (column, like) => {
      const written = rows.map((row) => row[column]).filter(Boolean);
      return written.length > 0 && written.every((cell) => like.test(cell));
    };
    const columns = [...Array(width).keys()];
    const day = columns.find((column) => looks(column, DAY));
    const hour = columns.find((column) => column !== day && looks(column, HOUR));
    if (day === undefined && hour === undefined) return null;
    const number = day === undefined ? undefined : columns.find((c) => c < day && looks(c, /^\d{1,3}\.?$/));
    const rest = ["place", "content", "note"];
    return columns.map((column) => {
      if (column === day) return "held_on";
      if (column === hour) return "starts_at";
      return column === number ? undefined : rest.shift();
    });
  }

  function dayOf(text, year) {
    const found = DAY.exec(text);
    return found ? `${found[1].padStart(2, "0")}/${found[2].padStart(2, "0")}/${found[3] ?? year}` : text;
  }

  // Rows as {field: words}; `from` is the field pasted into. A blank day is the day above, as in joined cells.
  function read(text, from, year) {
    let rows = cells(text);
    const width = Math.max(...rows.map((row) => row.length));
    let columns = byHead(rows[0]);
    if (columns) rows = rows.slice(1);
    columns ??= byLooks(rows, width) ?? ["held_on", "starts_at", "place", "content", "note"].slice(
      Math.max(0, ["held_on", "starts_at", "place", "content", "note"].indexOf(from)));
    let above = "";
    return rows.map((row) => {
      const values = {};
      const over = [];
      row.forEach((cell, column) => {
        const name = columns[column];
        if (name) values[name] = cell;
        else if (cell && !/^\d{1,3}\.?$/.test(cell)) over.push(cell);
      });
      // What has no column of its own goes on in the note: nothing that was pasted is dropped.
      if (over.length) values.note = [values.note, ...over].filter(Boolean).join("\n");
      if (columns.includes("held_on")) above = values.held_on = dayOf(values.held_on || above, year);
      return values;
    });
  }

  return { read };
})();
