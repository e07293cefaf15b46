//! Words of the buttons above an article.

use super::Text;

pub const TOOLS: Text = Text("Định dạng bài viết", "How the article looks");
pub const HEADING: Text = Text("Đề mục", "Heading");
pub const BOLD: Text = Text("Chữ đậm", "Bold");
pub const ITALIC: Text = Text("Chữ nghiêng", "Italic");
pub const BULLETS: Text = Text("Danh sách", "List");
pub const NUMBERS: Text = Text("Danh sách đánh số", "Numbered list");
pub const QUOTE: Text = Text("Trích dẫn", "Quotation");
pub const LINK: Text = Text("Liên kết", "Link");
pub const PICTURE: Text = Text("Ảnh", "Picture");
pub const PREVIEW: Text = Text("Xem trước", "Preview");
pub const WORDS: Text = Text("chữ", "words");
pub const CAPTION: Text = Text("chú thích ảnh", "what is on it");
pub const WHICH: Text = Text("Đặt ảnh nào vào bài?", "Which picture goes into the text?");
pub const NO_PICTURE: Text = Text(
    "Chưa có ảnh. Hãy thêm ảnh ở mục “Ảnh trong bài” bên dưới trước.",
    "There is no picture yet. Add some below, under “Pictures of the article”, first.",
);
pub const EMPTY: Text = Text("Chưa có chữ nào.", "Nothing is written yet.");
