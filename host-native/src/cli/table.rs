//! Text in columns, for a terminal of some width or for a file without one.

use console::{measure_text_width, pad_str, truncate_str};

pub(crate) use console::{Alignment, Style};

/// How the text output looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// Columns of the terminal; `None` writes everything in full.
    pub(crate) width: Option<usize>,
    /// Whether there are colours.
    pub(crate) styled: bool,
}

impl Look {
    /// What the standard output is.
    pub(crate) fn of_stdout() -> Self {
        let terminal = console::Term::stdout();
        Self {
            width: terminal.size_checked().map(|(_, columns)| usize::from(columns).max(40)),
            styled: super::styled(),
        }
    }

    /// `text` in a style, where styles are shown.
    pub(crate) fn paint(self, style: &Style, text: &str) -> String {
        if !self.styled || text.is_empty() {
            return text.to_owned();
        }
        style.clone().force_styling(true).apply_to(text).to_string()
    }
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// Its heading.
    pub(crate) title: &'static str,
    /// Where its text stands.
    pub(crate) align: Alignment,
    /// Cells.
    pub(crate) width: usize,
}

impl Column {
    pub(crate) const fn new(title: &'static str, align: Alignment) -> Self {
        Self { title, align, width: 0 }
    }

    /// Makes room for `text`.
    pub(crate) fn fit(&mut self, text: &str) {
        self.width = self.width.max(measure_text_width(text)).max(measure_text_width(self.title));
    }
}

/// Between two columns.
pub(crate) const GAP: usize = 2;

/// One line of cells. A cell that is too wide is shortened where `cut` says so, else it pushes the rest to the right.
pub(crate) fn line(columns: &[Column], cells: &[String], cut: bool) -> String {
    let mut line = String::new();
    for (column, cell) in columns.iter().zip(cells) {
        if !line.is_empty() {
            line.push_str("  ");
        }
        let cell = if cut { truncate_str(cell, column.width, "…") } else { cell.into() };
        line.push_str(&pad_str(&cell, column.width, column.align, None));
    }
    line.truncate(line.trim_end().len());
    line
}

/// `words` joined by blanks, as many as fit into `width`, and how many more there are.
pub(crate) fn list(words: &[String], width: Option<usize>) -> String {
    let all = words.join(" ");
    let Some(width) = width.filter(|width| measure_text_width(&all) > *width) else { return all };
    let mut text = String::new();
    for (position, word) in words.iter().enumerate() {
        let more = match words.len() - position - 1 {
            0 => String::new(),
            left => format!(" +{left}"),
        };
        if position == 0 {
            text = truncate_str(word, width.saturating_sub(more.len()), "…").into_owned();
        } else if measure_text_width(&text) + 1 + measure_text_width(word) + more.len() <= width {
            text = format!("{text} {word}");
        } else {
            return format!("{text} +{}", words.len() - position);
        }
    }
    text
}

/// `text` in lines of at most `width`, broken at blanks.
pub(crate) fn wrap(text: &str, width: Option<usize>) -> Vec<String> {
    let Some(width) = width else { return vec![text.to_owned()] };
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("one line at least");
        if !line.is_empty() && measure_text_width(line) + 1 + measure_text_width(word) > width {
            lines.push(word.to_owned());
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn a_list_shows_what_fits_and_counts_the_rest() {
        assert_eq!(list(&words("a b c"), None), "a b c");
        assert_eq!(list(&words("a b c"), Some(5)), "a b c");
        assert_eq!(list(&words("aa bb cc"), Some(7)), "aa +2");
        assert_eq!(list(&words("aa bb cc"), Some(8)), "aa bb cc");
        assert_eq!(list(&words("abcdefgh"), Some(5)), "abcd…");
        assert_eq!(list(&words("abcdefgh ijkl"), Some(6)), "ab… +1");
    }

    #[test]
    fn long_sentences_wrap_at_blanks() {
        assert_eq!(wrap("one two three", Some(8)), ["one two", "three"]);
        assert_eq!(wrap("one two three", None), ["one two three"]);
        assert_eq!(wrap("extraordinary", Some(4)), ["extraordinary"]);
    }

    #[test]
    fn cells_line_up_and_wide_characters_count_twice() {
        let mut columns = [Column::new("k", Alignment::Left), Column::new("n", Alignment::Right)];
        columns[0].width = 4;
        columns[1].width = 3;
        assert_eq!(line(&columns, &words("é 1"), true), "é       1");
        assert_eq!(line(&columns, &words("水 12"), true), "水     12");
        assert_eq!(line(&columns, &words("abcdef 12"), true), "abc…   12");
        assert_eq!(line(&columns, &words("abcdef 12"), false), "abcdef   12");
    }
}
