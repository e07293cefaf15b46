//! The words of the invented media items.

use super::{
    EXAMPLE_SCHOOL,
    works::{EVENING, Light, MORNING},
};
use lantoa_shared::{date::Date, date::date, record::State};

/// What lies in an item besides its words.
#[derive(Debug, Clone, Copy)]
pub enum Work {
    /// Nothing.
    None,
    /// A picture.
    Picture(Light),
    /// A sheet of paper with these lines.
    Sheet(&'static [&'static str]),
    /// A tune.
    Tune,
}

/// An item in words.
#[derive(Debug)]
pub struct Told {
    /// The unit's code.
    pub unit: &'static str,
    /// Code of its kind.
    pub kind: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What it is about.
    pub summary: &'static str,
    /// The article, or what is said in it.
    pub body: &'static str,
    /// What is on its picture.
    pub alt: &'static str,
    /// Codes of its topics.
    pub topics: &'static [&'static str],
    /// Who made it.
    pub authors: &'static str,
    /// Code of the permitted use.
    pub licence: &'static str,
    /// How far it went.
    pub state: State,
    /// Month and day of 2026 on which it was made.
    pub made: (u8, u8),
    /// Its file.
    pub work: Work,
    /// What the file is called.
    pub file: &'static str,
}

impl Told {
    /// The day on which it was made.
    pub fn day(&self) -> Date {
        Date::new(2026, self.made.0, self.made.1).unwrap_or(date(2026, 6, 1))
    }
}

/// An article that is accepted and public; what differs is said beside it.
const ARTICLE: Told = Told {
    unit: "SO-GDDT",
    kind: "article",
    title: "",
    summary: "",
    body: "",
    alt: "",
    topics: &["policy"],
    authors: "Tổ truyền thông",
    licence: "public",
    state: State::Accepted,
    made: (6, 1),
    work: Work::None,
    file: "",
};

/// All of them.
pub const ITEMS: [Told; 10] = [
    Told {
        title: "Nghị quyết 71: những việc nhà trường có thể làm ngay",
        summary: "Không cần chờ kinh phí hay văn bản mới: mỗi trường có thể bắt đầu từ bảng tin, buổi họp phụ huynh và giờ sinh hoạt lớp.",
        body: "Nghị quyết số 71-NQ/TW đặt ra những mục tiêu lớn, nhưng con đường đi tới đó bắt đầu từ những việc nhỏ ở từng trường.\n\n## Nói cho dễ hiểu\n\nMột **tờ gấp bốn trang** phát trong buổi họp phụ huynh thường được đọc kỹ hơn một văn bản dài. Trường nào có bảng tin ở cổng thì dành hẳn một góc, mỗi tuần một nội dung.\n\n![Cầu sáu vài mười hai nhịp buổi sớm: con đường đến trường của nhiều em nhỏ](<cầu buổi sớm.jpg>)\n\n## Lắng nghe\n\nMỗi lớp một hộp câu hỏi; cuối tháng nhà trường trả lời công khai những câu được hỏi nhiều nhất. Một phụ huynh viết:\n\n> Tôi chỉ muốn biết con mình năm tới học thêm được điều gì.\n\n## Kể lại điều mình đang làm\n\nĐó là những câu chuyện mà người dân *muốn biết*:\n\n- một tiết học hay,\n- một thư viện mới mở cửa,\n- một thầy cô vượt đường xa.\n\n### Ba bước để bắt đầu\n\n1. Chọn một người viết.\n2. Chụp một tấm ảnh.\n3. Gửi vào kho, kèm dòng ghi nguồn.\n\nToàn văn Nghị quyết có trên [Cổng Thông tin điện tử Chính phủ](https://chinhphu.vn). Sở sẽ tập hợp sản phẩm của các trường vào kho dùng chung để đơn vị khác dùng lại.",
        topics: &["policy", "awareness"],
        made: (6, 22),
        work: Work::Picture(MORNING),
        file: "cầu buổi sớm.jpg",
        ..ARTICLE
    },
    Told {
        unit: EXAMPLE_SCHOOL,
        kind: "infographic",
        title: "Tranh cổ động: Nhịp cầu đến trường",
        summary: "Tranh khổ ngang dùng cho bảng tin và phông nền buổi lễ, lấy ý từ cây cầu sáu vài mười hai nhịp soi bóng sông Hương lúc chiều xuống.",
        alt: "Tranh vẽ cây cầu sáu vòm soi bóng xuống dòng sông, bầu trời chuyển từ tím sang cam lúc mặt trời lặn.",
        topics: &["awareness", "character"],
        authors: "Tổ chuyên môn mẫu giáo",
        made: (6, 18),
        work: Work::Picture(EVENING),
        file: "nhịp cầu đến trường.jpg",
        ..ARTICLE
    },
    Told {
        unit: "XP-19753",
        kind: "audio",
        title: "Bản tin truyền thanh: Ngày hội đưa trẻ đến trường",
        summary: "Bản tin ngắn phát trên hệ thống truyền thanh cơ sở vào sáng thứ Hai, mở đầu bằng nhạc hiệu của đài.",
        body: "Mời bà con nghe bản tin giáo dục của phường.\n\nNgày 5 tháng 9, tất cả các trường trên địa bàn khai giảng cùng lúc. Phường đề nghị mỗi gia đình đưa trẻ đến trường đúng giờ, đội mũ bảo hiểm cho trẻ khi đi xe máy.\n\nGia đình nào có trẻ trong độ tuổi chưa ra lớp, xin báo với tổ dân phố để được giúp làm thủ tục.",
        topics: &["general", "safety"],
        authors: "Đài truyền thanh phường",
        made: (6, 15),
        work: Work::Tune,
        file: "bản tin truyền thanh.wav",
        ..ARTICLE
    },
    Told {
        unit: "TH-0002",
        kind: "document",
        title: "Tờ gấp: Năm điều cha mẹ nên biết về Nghị quyết 71",
        summary: "Một trang A4 gấp đôi, phát trong buổi họp phụ huynh đầu năm; các trường được in lại và giữ dòng ghi nguồn.",
        topics: &["policy", "money"],
        authors: "Ban truyền thông nhà trường",
        made: (6, 11),
        work: Work::Sheet(&[
            "NAM DIEU CHA ME NEN BIET",
            "",
            "1. Giao duc la quoc sach hang dau.",
            "2. Con duoc hoc them ky nang so.",
            "3. Thay co duoc quan tam hon.",
            "4. Cac khoan thu duoc cong khai.",
            "5. Cha me cung nha truong lang nghe con.",
        ]),
        file: "Tờ gấp năm điều cha mẹ nên biết.pdf",
        ..ARTICLE
    },
    Told {
        unit: "SO-VHTT",
        title: "Thư viện phường mở cửa buổi tối cho học sinh",
        summary: "Từ tháng 6, thư viện ở nhiều phường mở thêm hai tiếng buổi tối để học sinh có chỗ đọc và học nhóm trong hè.",
        body: "Buổi tối ở thư viện phường nay **sáng đèn thêm hai tiếng**. Bàn học được kê lại thành nhóm bốn chỗ, có ổ cắm cho máy tính và một góc riêng cho các em nhỏ.\n\nThủ thư cho biết số lượt đọc tăng rõ từ tuần đầu. Nhiều em đến để làm bài tập nhóm, nhiều em chỉ để đọc truyện, và như thế cũng là đọc.\n\n## Đăng ký đọc sách chung\n\nTrường nào muốn tổ chức buổi đọc sách chung có thể đăng ký với thư viện trước ba ngày.",
        topics: &["awareness", "facility"],
        authors: "Phòng Quản lý văn hóa",
        made: (6, 8),
        ..ARTICLE
    },
    Told {
        unit: "BC-HUE",
        kind: "photo",
        title: "Cầu bắc qua sông buổi sớm",
        summary: "Ảnh tư liệu minh họa cho các tin, bài về ngày khai giảng; báo chí được dùng với dòng ghi nguồn.",
        alt: "Cây cầu sáu vòm trên dòng sông phẳng lặng, trời sáng nhạt, mặt trời vừa lên.",
        topics: &["general"],
        authors: "Ban Ảnh",
        licence: "press",
        made: (6, 5),
        work: Work::Picture(MORNING),
        file: "cầu buổi sớm.jpg",
        ..ARTICLE
    },
    Told {
        kind: "document",
        title: "Bộ câu hỏi và trả lời cho tổ truyền thông nhà trường",
        summary: "Những câu phụ huynh hay hỏi và cách trả lời thống nhất, dùng trong các đơn vị của thành phố.",
        topics: &["policy"],
        licence: "city",
        made: (6, 3),
        work: Work::Sheet(&[
            "HOI VA DAP VE NGHI QUYET 71",
            "",
            "Hoi: Nghi quyet noi ve dieu gi?",
            "Dap: Ve dot pha phat trien giao duc va dao tao.",
        ]),
        file: "Hỏi đáp.pdf",
        ..ARTICLE
    },
    Told {
        unit: EXAMPLE_SCHOOL,
        title: "Góc đọc sách dưới tán cây",
        summary: "Một góc nhỏ giữa sân trường do cô giáo và phụ huynh cùng dựng lên trong hai tuần.",
        body: "Bài đang viết: còn thiếu ý kiến của cô phụ trách và số đầu sách đã quyên góp.",
        topics: &["facility"],
        state: State::Draft,
        made: (6, 24),
        ..ARTICLE
    },
    Told {
        unit: EXAMPLE_SCHOOL,
        title: "Mỗi chiều thứ Tư một câu chuyện",
        summary: "Giờ kể chuyện của lớp Lá: các bé chọn chuyện, ông bà và cha mẹ thay nhau đến kể.",
        body: "## Người khách đặc biệt\n\nMỗi chiều thứ Tư, ông, bà, cha hoặc mẹ của một bé lớp Lá đến kể một câu chuyện ngày nhỏ của mình.\n\nSau hai tháng, nhiều bé đã tự kể lại cho bạn nghe. Nhà trường mong các lớp khác cùng làm, vì chỉ cần một chiếc ghế và nửa giờ đồng hồ.",
        topics: &["preschool"],
        state: State::Submitted,
        made: (6, 23),
        ..ARTICLE
    },
    Told {
        unit: "XP-19753",
        title: "Số liệu trẻ ra lớp của phường",
        summary: "Bài nêu số trẻ ra lớp theo từng tổ dân phố, cập nhật trong tháng 5.",
        body: "Theo thống kê trong tháng 5, hầu hết trẻ trong độ tuổi trên địa bàn phường đã ra lớp. Phường tiếp tục vận động những gia đình còn lại.",
        topics: &["general"],
        authors: "Phòng Văn hóa – Xã hội",
        state: State::Withdrawn,
        made: (5, 28),
        ..ARTICLE
    },
];
