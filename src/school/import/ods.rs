//! How much an ODS file would unfold to: its rows and cells may carry "repeat me a million times".
//!
//! A glance over the XML without parsing it; what looks larger than any school's workbook isn't opened.

/// Cells of the rectangle that a sheet's contents span.
const AREA_LIMIT: u64 = 2_000_000;
/// Bytes of XML, each counted as often as its cell and row are repeated.
const WEIGHT_LIMIT: u64 = 200 * 1024 * 1024;

/// Whether the sheets of a `content.xml` stay small when they are unfolded.
pub fn is_modest(content: &[u8]) -> bool {
    let mut sheet = Extent::default();
    for piece in content.split(|byte| *byte == b'<') {
        if is_tag(piece, b"table:table") {
            sheet.end_row();
            if !sheet.is_modest() {
                return false;
            }
            sheet = Extent {
                weight: sheet.weight,
                ..Extent::default()
            };
        } else if is_tag(piece, b"table:table-row") {
            sheet.end_row();
            sheet.repeat = repeats(piece, b"table:number-rows-repeated");
        } else if is_tag(piece, b"table:table-cell") || is_tag(piece, b"table:covered-table-cell") {
            sheet.start_cell(piece);
        } else {
            sheet.cell_bytes = sheet.cell_bytes.saturating_add(piece.len() as u64);
        }
    }
    sheet.end_row();
    sheet.is_modest()
}

#[derive(Default)]
struct Extent {
    /// Rows up to the last that holds something, and the columns of the widest.
    rows: u64,
    columns: u64,
    weight: u64,
    /// Rows passed, empty ones too.
    passed: u64,
    /// The present row: its repeats, its cells so far, up to the last that holds something, and its weight.
    repeat: u64,
    cells: u64,
    filled: u64,
    row_weight: u64,
    /// The present cell: its repeats, its bytes, whether it holds something.
    cell_repeat: u64,
    cell_bytes: u64,
    holds: bool,
}

impl Extent {
    fn start_cell(&mut self, piece: &[u8]) {
        self.end_cell();
        self.cell_repeat = repeats(piece, b"table:number-columns-repeated");
        self.cell_bytes = piece.len() as u64;
        let told = |word: &[u8]| piece.windows(word.len()).any(|window| window == word);
        self.holds = told(b"value") || told(b"formula") || !told(b"/>");
    }

    fn end_cell(&mut self) {
        self.cells = self.cells.saturating_add(self.cell_repeat);
        if self.holds {
            self.filled = self.cells;
            self.row_weight = self
                .row_weight
                .saturating_add(self.cell_bytes.saturating_mul(self.cell_repeat));
        }
        (self.cell_repeat, self.cell_bytes, self.holds) = (0, 0, false);
    }

    fn end_row(&mut self) {
        self.end_cell();
        self.passed = self.passed.saturating_add(self.repeat);
        if self.filled > 0 {
            self.rows = self.passed;
            self.columns = self.columns.max(self.filled);
            self.weight = self.weight.saturating_add(self.row_weight.saturating_mul(self.repeat));
        }
        (self.repeat, self.cells, self.filled, self.row_weight) = (0, 0, 0, 0);
    }

    fn is_modest(&self) -> bool {
        self.rows.saturating_mul(self.columns) <= AREA_LIMIT && self.weight <= WEIGHT_LIMIT
    }
}

fn is_tag(piece: &[u8], name: &[u8]) -> bool {
    let rest = piece.strip_prefix(name);
    rest.is_some_and(|rest| {
        rest.first()
            .is_none_or(|next| next.is_ascii_whitespace() || matches!(next, b'>' | b'/'))
    })
}

/// The number in an attribute, 1 without it; one that can't be read counts as endless.
fn repeats(piece: &[u8], attribute: &[u8]) -> u64 {
    let Some(at) = piece.windows(attribute.len()).position(|window| window == attribute) else {
        return 1;
    };
    let after = piece.get(at + attribute.len()..).unwrap_or_default();
    let digits = after
        .iter()
        .skip_while(|byte| !byte.is_ascii_digit())
        .take_while(|byte| byte.is_ascii_digit());
    digits.fold(0, |number: u64, digit| {
        number.saturating_mul(10).saturating_add(u64::from(digit - b'0'))
    })
}
