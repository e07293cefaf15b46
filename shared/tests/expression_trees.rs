//! The laws of expression trees: what is printed reads back as the very same tree, the check says
//! rightly what a tree amounts to, and what is decided without an answer stays decided with it.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use lantoa_shared::date::{Date, date};
use lantoa_shared::map::Map;
use lantoa_shared::{
    background::Background,
    duty::Duty,
    expression::{Expression, Function, Kind, Names, Node, Operator, Scope, Symbol, check, evaluate, parse},
    language::Bilingual,
    period::{Period, PeriodKind},
    record::State,
    unit::Unit,
    value::{Datum, Decimal, Exact},
};
use proptest::prelude::*;

/// Fields and rows as plain maps.
#[derive(Debug)]
struct Answers {
    fields: Map<String, Datum>,
    rows: Vec<Datum>,
    background: Background,
}

impl Answers {
    fn new(fields: impl IntoIterator<Item = (&'static str, Datum)>, rows: Vec<Datum>) -> Self {
        let period = Period { year: 2026, kind: PeriodKind::H1 };
        let duty = Duty {
            unit: "S1".into(),
            form: "FA".into(),
            form_version: 1,
            period,
            due: date(2026, 6, 16),
            recipient: "C1".into(),
            entry: None,
        };
        let unit = Unit {
            code: "S1".into(),
            kind: "SCHOOL".into(),
            name: Bilingual::new("Trường", "School"),
            short_name: None,
            parent: None,
            recipient: None,
            facts: Map::new(),
        };
        let background = Background {
            duty,
            unit,
            previous: Map::from([("a".to_owned(), number(7)), ("t".to_owned(), text("none"))]),
            h1: Map::new(),
            schools: None,
            counts: Map::from([("FH".to_owned(), 3)]),
            documents: Vec::new(),
            settings: Map::from([("least".to_owned(), Map::from([("h1".to_owned(), number(6))]))]),
            windows: lantoa_shared::period::Windows::default(),
        };
        let fields = fields.into_iter().map(|(code, datum)| (code.to_owned(), datum)).collect();
        Self { fields, rows, background }
    }
}

impl Scope for Answers {
    fn field(&self, code: &str, row: Option<usize>) -> Datum {
        match (code.split_once('.'), row) {
            (Some(_), Some(row)) => self.rows.get(row).cloned().unwrap_or_default(),
            (Some(_), None) => Datum::Empty,
            (None, _) => self.fields.get(code).cloned().unwrap_or_default(),
        }
    }

    fn rows(&self, _group: &str) -> usize {
        self.rows.len()
    }

    fn background(&self) -> &Background {
        &self.background
    }

    fn today(&self) -> Date {
        date(2026, 6, 15)
    }

    fn state(&self) -> State {
        State::Draft
    }
}

/// Two numbers, a text, a yes-or-no, a day, a set and a group with a number in its rows.
struct Known;

impl Names for Known {
    fn kind(&self, code: &str) -> Option<Kind> {
        Some(match code {
            "a" | "b" | "g.n" => Kind::Number,
            "t" => Kind::Text,
            "y" => Kind::Bool,
            "d" => Kind::Date,
            "s" => Kind::Set,
            "g" => Kind::Group,
            _ => return None,
        })
    }

    fn has_choice(&self, code: &str, choice: &str) -> Option<bool> {
        matches!(code, "t" | "s").then(|| ["none", "own"].contains(&choice))
    }
}

fn number(number: i64) -> Datum {
    Datum::Number(Exact::from_integer(i128::from(number)))
}

fn text(text: &str) -> Datum {
    Datum::Text(text.to_owned())
}

fn value(rule: &str, answers: &Answers) -> Datum {
    let rule = parse(rule).expect("the test writes it rightly");
    check(&rule, &Known, None).expect("the test names what is known");
    evaluate(&rule, answers, None)
}

const OPERATORS: [Operator; 12] = [
    Operator::Or,
    Operator::And,
    Operator::Equal,
    Operator::Unequal,
    Operator::Less,
    Operator::AtMost,
    Operator::Greater,
    Operator::AtLeast,
    Operator::Add,
    Operator::Subtract,
    Operator::Multiply,
    Operator::Divide,
];

fn node(node: Node) -> Expression {
    Expression { at: 0, node }
}

fn code() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "t", "y", "d", "s", "g", "g.n", "nowhere"]).prop_map(str::to_owned)
}

fn leaf() -> impl Strategy<Value = Expression> {
    let symbols = vec![
        Symbol::PeriodStart,
        Symbol::Cutoff,
        Symbol::Due,
        Symbol::Today,
        Symbol::Status,
        Symbol::Unit("x".into()),
    ];
    prop_oneof![
        4 => code().prop_map(Node::Field),
        2 => (0..=i64::MAX, 0..=9_u8).prop_map(|(units, scale)| Node::Number(Decimal::new(units, scale))),
        1 => "[ -&(-~đờ]{0,6}".prop_map(Node::Text),
        1 => any::<bool>().prop_map(Node::Bool),
        1 => prop::sample::select(symbols).prop_map(Node::Symbol),
    ]
    .prop_map(node)
}

fn tree() -> impl Strategy<Value = Expression> {
    leaf().prop_recursive(5, 40, 3, |inner| {
        prop_oneof![
            6 => (prop::sample::select(OPERATORS.to_vec()), inner.clone(), inner.clone())
                .prop_map(|(operator, left, right)| Node::Two(operator, Box::new(left), Box::new(right))),
            1 => inner.clone().prop_map(|inner| Node::Not(Box::new(inner))),
            1 => inner.clone().prop_map(|inner| Node::Negate(Box::new(inner))),
            2 => (prop::sample::select(Function::ALL.to_vec()), prop::collection::vec(inner, 0..4))
                .prop_map(|(function, arguments)| Node::Call(function, arguments)),
        ]
        .prop_map(node)
    })
}

fn datum() -> impl Strategy<Value = Datum> {
    prop_oneof![
        3 => Just(Datum::Empty),
        2 => (-20..20_i64).prop_map(number),
        1 => any::<i64>().prop_map(number),
        1 => prop::sample::select(vec![i64::MIN, i64::MAX]).prop_map(number),
        1 => (any::<i64>(), 1..=i64::MAX).prop_map(|(above, below)| {
            Datum::Number(Exact::new(i128::from(above), i128::from(below)))
        }),
        1 => prop::sample::select(vec!["none", "own", ""]).prop_map(text),
        1 => any::<bool>().prop_map(Datum::Bool),
        1 => (1..28_u8).prop_map(|day| Datum::Date(date(2026, 6, day))),
        1 => Just(Datum::Set(vec!["own".into()])),
    ]
}

fn answers() -> impl Strategy<Value = Answers> {
    (prop::collection::vec(datum(), 6), prop::collection::vec(datum(), 0..4))
        .prop_map(|(data, rows)| Answers::new(["a", "b", "t", "y", "d", "s"].into_iter().zip(data), rows))
}

/// Forgets the places, which a printed tree has others of.
fn without_places(expression: Expression) -> Expression {
    let whole = |inner: Box<Expression>| Box::new(without_places(*inner));
    node(match expression.node {
        Node::Not(inner) => Node::Not(whole(inner)),
        Node::Negate(inner) => Node::Negate(whole(inner)),
        Node::Two(operator, left, right) => Node::Two(operator, whole(left), whole(right)),
        Node::Call(function, arguments) => {
            Node::Call(function, arguments.into_iter().map(without_places).collect())
        }
        other => other,
    })
}

/// Conditions whose every leaf is a field: nothing in them is known while nothing is answered.
fn of_fields_only() -> impl Strategy<Value = Expression> {
    let numbers = prop::sample::select(vec!["a", "b"]).prop_map(|code| node(Node::Field(code.to_owned())));
    let arithmetic = numbers.prop_recursive(3, 12, 2, |inner| {
        (8..12_usize, inner.clone(), inner)
            .prop_map(|(at, left, right)| node(Node::Two(OPERATORS[at], Box::new(left), Box::new(right))))
    });
    let comparison = (2..8_usize, arithmetic.clone(), arithmetic)
        .prop_map(|(at, left, right)| node(Node::Two(OPERATORS[at], Box::new(left), Box::new(right))));
    let condition = prop_oneof![comparison, Just(node(Node::Field("y".to_owned())))];
    condition.prop_recursive(4, 24, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| node(Node::Not(Box::new(inner)))),
            (0..2_usize, inner.clone(), inner).prop_map(|(at, left, right)| node(Node::Two(
                OPERATORS[at],
                Box::new(left),
                Box::new(right)
            ))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_text_makes_the_parser_panic_and_faults_lie_inside_the_text(text in "\\PC{0,80}") {
        if let Err(fault) = parse(&text) {
            prop_assert!(fault.at <= text.chars().count(), "{fault} in {text:?}");
        }
    }

    #[test]
    fn no_heap_of_tokens_makes_parser_or_check_panic(
        tokens in prop::collection::vec(prop::sample::select(vec![
            "a", "g.n", "g", "t", "'own'", "'", "12", "1.5", "1.", "(", ")", ",", "not", "and", "or", "==",
            "=", "<", "+", "-", "*", "/", "prev(", "sum(", "filled(", "count(", "đ", "unit.x", "true",
        ]), 0..30)
    ) {
        let text = tokens.join(" ");
        match parse(&text).and_then(|parsed| check(&parsed, &Known, None)) {
            Ok(_) => {}
            Err(fault) => prop_assert!(fault.at <= text.chars().count(), "{fault} in {text:?}"),
        }
    }

    #[test]
    fn what_is_printed_reads_back_as_the_same_tree(tree in tree()) {
        let printed = tree.to_string();
        prop_assert_eq!(without_places(parse(&printed).unwrap()), tree, "{}", printed);
    }

    #[test]
    fn no_tree_makes_check_or_evaluation_panic(tree in tree(), answers in answers(), row in prop::option::of(0..5_usize)) {
        let _ = check(&tree, &Known, None);
        let _ = evaluate(&tree, &answers, row);
    }

    #[test]
    fn a_tree_that_passes_its_check_amounts_to_what_the_check_says(tree in tree()) {
        let full = Answers::new(
            [("a", number(4)), ("b", number(5)), ("t", text("own")), ("y", Datum::Bool(true)),
             ("d", Datum::Date(date(2026, 6, 1))), ("s", Datum::Set(vec!["own".into()]))],
            vec![number(1), number(2)],
        );
        if let Ok(kind) = check(&tree, &Known, None) {
            let fits = match evaluate(&tree, &full, None) {
                Datum::Empty => true,
                Datum::Number(_) => matches!(kind, Kind::Number | Kind::Any),
                Datum::Text(_) => matches!(kind, Kind::Text | Kind::Any),
                Datum::Bool(_) => matches!(kind, Kind::Bool | Kind::Any),
                Datum::Date(_) => matches!(kind, Kind::Date | Kind::Any),
                Datum::Set(_) => matches!(kind, Kind::Set | Kind::Group | Kind::Any),
            };
            prop_assert!(fits, "{tree} is not {kind:?}");
        }
    }

    #[test]
    fn a_rule_over_fields_stays_open_while_nothing_is_answered(rule in of_fields_only()) {
        prop_assert_eq!(evaluate(&rule, &Answers::new([], vec![]), None), Datum::Empty);
    }

    #[test]
    fn what_is_decided_without_an_answer_stays_decided_with_it(
        rule in of_fields_only(), a in -3..3_i64, b in -3..3_i64, y in any::<bool>(), hidden in 1..7_u8,
    ) {
        let known = [("a", number(a)), ("b", number(b)), ("y", Datum::Bool(y))];
        let hide = |index: usize, datum: &Datum| if hidden >> index & 1 == 1 { Datum::Empty } else { datum.clone() };
        let partly = known.iter().enumerate().map(|(index, (code, datum))| (*code, hide(index, datum)));
        let early = evaluate(&rule, &Answers::new(partly.collect::<Vec<_>>(), vec![]), None);
        if early != Datum::Empty {
            let late = evaluate(&rule, &Answers::new(known, vec![]), None);
            // A division by zero may make it open again; it can never turn it round.
            prop_assert!(late == early || late == Datum::Empty && rule.to_string().contains('/'), "{rule}");
        }
    }
}

#[test]
fn division_by_zero_and_overflow_are_empty() {
    let answers = Answers::new([("a", number(i64::MAX)), ("b", number(0))], vec![]);
    for rule in ["a / b", "a * a * a", "a * a * a > 0", "-(a * a * a)"] {
        assert_eq!(value(rule, &answers), Datum::Empty, "{rule}");
    }
}

#[test]
fn one_side_decides_where_it_can() {
    let unknown = Answers::new([], vec![]);
    for (rule, expected) in [
        ("y and false", Datum::Bool(false)),
        ("false and y", Datum::Bool(false)),
        ("y or true", Datum::Bool(true)),
        ("y and true", Datum::Empty),
        ("y or false", Datum::Empty),
        ("not y", Datum::Empty),
        ("filled(y)", Datum::Bool(false)),
        ("filled(prev(a)) and prev(a) == 7", Datum::Bool(true)),
        ("filled(h1(a))", Datum::Bool(false)),
        ("count_of('FH') == 3", Datum::Bool(true)),
        ("count_of('FH', 'published') == 3", Datum::Empty),
        ("count_of('FN') == 0", Datum::Empty),
        ("schools_sum('a') >= 0", Datum::Empty),
        ("setting('least', 'h1') == 6", Datum::Bool(true)),
        ("setting('least', 'year') == 6", Datum::Empty),
        ("t == 'own'", Datum::Empty),
        ("t != 'own'", Datum::Empty),
    ] {
        assert_eq!(value(rule, &unknown), expected, "{rule}");
    }
}

#[test]
fn a_fault_names_its_place_and_what_is_wrong() {
    for (text, at, words) in [
        ("", 0, "ends too early"),
        ("a +", 3, "ends too early"),
        ("a b", 2, "should end here"),
        ("(a", 2, "expected )"),
        ("a = 1", 2, "expected =="),
        ("a == 'own", 5, "does not end"),
        ("a # 1", 2, "no meaning"),
        ("ă", 0, "no meaning"),
        ("1.2.3 > a", 0, "not a number"),
        ("a < b < 3", 6, "do not chain"),
        ("summe(g.n)", 0, "no function summe"),
    ] {
        let fault = parse(text).unwrap_err();
        assert_eq!(fault.at, at, "{text}: {fault}");
        assert!(fault.message.contains(words), "{text}: {fault}");
    }
}

#[test]
fn a_typing_mistake_is_found_when_the_form_is_loaded() {
    for (text, at, words) in [
        ("a + missing", 4, "no field missing"),
        ("a + t", 4, "Text"),
        ("a == t", 0, "cannot be compared"),
        ("t == 'other'", 5, "no choice other"),
        ("prev(t) == 'other'", 11, "no choice other"),
        ("has(s, 'other')", 7, "no choice other"),
        ("has(t, 'own')", 4, "Set"),
        ("y and a", 6, "Bool"),
        ("y < y", 0, "cannot be compared"),
        ("g.n > 1", 0, "per row"),
        ("sum(a)", 4, "group.member"),
        ("min(a)", 0, "2 arguments"),
        ("filled(a + 1)", 7, "wants a field"),
        ("count(a, y)", 6, "Group"),
        ("s == s", 0, "cannot be compared"),
    ] {
        let fault = check(&parse(text).unwrap(), &Known, None).unwrap_err();
        assert_eq!(fault.at, at, "{text}: {fault}");
        assert!(fault.message.contains(words), "{text}: {fault}");
    }
}

#[test]
fn nesting_without_end_is_refused_and_not_followed() {
    for text in ["(".repeat(100_000), "-".repeat(100_000), "not ".repeat(100_000), "1+".repeat(100_000)] {
        assert!(parse(&text).is_err());
    }
}
