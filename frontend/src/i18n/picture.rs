//! Words of the picture editor.

use super::Text;

pub const TITLE: Text = Text("Sửa ảnh", "Edit the picture");
pub const EDIT: Text = Text("Sửa ảnh {0}", "Edit {0}");
pub const PART: Text = Text(
    "Vùng chọn. Phím mũi tên để dời, Shift và mũi tên để đổi cỡ.",
    "The chosen part. Arrow keys move it, with Shift they change its size.",
);
pub const HINT: Text = Text(
    "Kéo khung lên khuôn mặt hoặc bảng tên rồi bấm “Che vùng chọn”.",
    "Drag the frame over a face or a name badge, then press “Hide this part”.",
);
pub const HIDE: Text = Text("Che vùng chọn", "Hide this part");
pub const CROP: Text = Text("Chỉ giữ vùng chọn", "Keep only this part");
pub const TURN: Text = Text("Xoay", "Turn");
pub const UNDO: Text = Text("Hoàn tác", "Undo");
pub const SAVE: Text = Text("Lưu ảnh", "Save the picture");
pub const LEAVE: Text = Text(
    "Thay đổi chưa lưu. Bấm “Đóng” lần nữa để bỏ, hoặc “Lưu ảnh” để giữ.",
    "What you did is not saved. Press “Close” again to drop it, or save the picture.",
);
pub const NOT_HERE: Text = Text(
    "Ảnh này chưa có trên máy và chưa tải được. Hãy đóng lại, có mạng rồi mở lần nữa.",
    "This picture is not on this device and could not be fetched. Close this, and open it again with a network.",
);
pub const NOT_DRAWN: Text = Text(
    "Máy không đủ bộ nhớ để vẽ ảnh này. Hãy đóng bớt ứng dụng khác rồi thử lại.",
    "This device has no memory to draw the picture. Close other apps, then try again.",
);
pub const NOT_KEPT: Text = Text(
    "Chưa lưu được, thường vì máy hết chỗ. Những gì đã làm vẫn còn ở đây: dọn bớt chỗ rồi bấm “Lưu ảnh” lần nữa.",
    "It is not saved, most often because the device is full. What you did is still here: make room, then save again.",
);
pub const HIDDEN: Text = Text(
    "Đã che {0} vùng. Che xong mọi khuôn mặt, hãy ghi “Đã làm mờ khuôn mặt” ở mục Người trong sản phẩm.",
    "Parts hidden: {0}. Once all faces are, note “Faces blurred” under People shown.",
);
