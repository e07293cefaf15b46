//! Comma-separated rows as spreadsheets write them: quotes, both separators, any line end.
//!
//! Every row keeps the number of the line it begins on, so that whoever mends the file finds it.

/// A row of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line it begins on, from 1.
    pub line: usize,
    /// Its cells, without the blanks around them.
    pub cells: Vec<String>,
}

/// Reads the rows of a text; rows without anything in them are left out. The separator is a semicolon where
/// the first line has one and no comma, as spreadsheets set to Vietnamese write it.
///
/// # Errors
/// The line of a quote that is never closed.
pub fn rows(text: &str) -> Result<Vec<Row>, usize> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    let separator = if first.contains(';') && !first.contains(',') { ';' } else { ',' };
    let mut rows = Vec::new();
    let (mut line, mut row) = (1, Row { line: 1, cells: Vec::new() });
    let (mut cell, mut quoted) = (String::new(), None);
    let mut letters = text.chars().chain(['\n']).peekable();
    while let Some(letter) = letters.next() {
        match (letter, quoted) {
            ('"', Some(_)) if letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            ('"', Some(_)) => quoted = None,
            // The line end that was added behind the text: the quote is still open there.
            ('\n', Some(opened)) if letters.peek().is_none() => return Err(opened),
            ('"', None) if cell.trim().is_empty() => quoted = Some(line),
            ('\n', None) => {
                row.cells.push(std::mem::take(&mut cell).trim().to_owned());
                let next = Row { line: line + 1, cells: Vec::new() };
                let done = std::mem::replace(&mut row, next);
                if done.cells.iter().any(|cell| !cell.is_empty()) {
                    rows.push(done);
                }
            }
            (letter, None) if letter == separator => {
                row.cells.push(std::mem::take(&mut cell).trim().to_owned());
            }
            (letter, _) => cell.push(letter),
        }
        line += usize::from(letter == '\n');
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        rows(text).unwrap().into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn quotes_hold_separators_quotes_and_line_ends_and_lines_are_counted_through_them() {
        let read = rows("a,b\r\n\"x, y\",\"say \"\"so\"\"\"\n\n\"two\nlines\",\nlast, cell ").unwrap();
        let lines: Vec<usize> = read.iter().map(|row| row.line).collect();
        assert_eq!(lines, [1, 2, 4, 6]);
        assert_eq!(read[1].cells, ["x, y", "say \"so\""]);
        assert_eq!(read[2].cells, ["two\nlines", ""]);
        assert_eq!(read[3].cells, ["last", "cell"]);
    }

    #[test]
    fn a_semicolon_separates_where_the_first_line_says_so_and_the_mark_of_the_encoding_is_no_text() {
        assert_eq!(cells("\u{feff}code;type\nTH-1;a, b"), [["code", "type"], ["TH-1", "a, b"]]);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_found_by_its_line() {
        assert_eq!(rows("a\n\"b\nc\n"), Err(2));
    }
}
