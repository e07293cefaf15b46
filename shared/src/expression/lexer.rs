//! Splits the text of an expression into tokens that know their place.

use super::{Fault, tree::Operator};
use crate::value::Decimal;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(Decimal),
    Text(String),
    /// A name, perhaps with one dot in it.
    Name(String),
    Operator(Operator),
    Not,
    Open,
    Close,
    Comma,
}

/// The tokens with the places where they begin.
pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Token)>, Fault> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&first) = chars.get(at) {
        let start = at;
        let second = chars.get(at + 1).copied();
        let mut single = |token| {
            at += 1;
            token
        };
        let token = match first {
            _ if first.is_whitespace() => {
                at += 1;
                continue;
            }
            '(' => single(Token::Open),
            ')' => single(Token::Close),
            ',' => single(Token::Comma),
            '+' => single(Token::Operator(Operator::Add)),
            '-' => single(Token::Operator(Operator::Subtract)),
            '*' => single(Token::Operator(Operator::Multiply)),
            '/' => single(Token::Operator(Operator::Divide)),
            '=' | '!' | '<' | '>' => {
                let operator = match (first, second) {
                    ('=', Some('=')) => Operator::Equal,
                    ('!', Some('=')) => Operator::Unequal,
                    ('<', Some('=')) => Operator::AtMost,
                    ('>', Some('=')) => Operator::AtLeast,
                    ('<', _) => Operator::Less,
                    ('>', _) => Operator::Greater,
                    _ => return Err(Fault::new(start, "expected == or !=")),
                };
                at += operator.sign().len();
                Token::Operator(operator)
            }
            '\'' => {
                let length = chars[at + 1..].iter().position(|char| *char == '\'');
                let Some(length) = length else {
                    return Err(Fault::new(start, "a text that begins with ' does not end"));
                };
                at += length + 2;
                Token::Text(chars[start + 1..start + 1 + length].iter().collect())
            }
            '0'..='9' => {
                at += run(&chars[at..], |char| char.is_ascii_digit() || char == '.');
                let digits: String = chars[start..at].iter().collect();
                let number = Decimal::from_machine_text(&digits).filter(|_| !digits.ends_with('.'));
                Token::Number(number.ok_or_else(|| Fault::new(start, format!("{digits} is not a number")))?)
            }
            _ if is_letter(first) => {
                at += run(&chars[at..], |char| is_letter(char) || char.is_ascii_digit() || char == '.');
                word(chars[start..at].iter().collect())
            }
            other => return Err(Fault::new(start, format!("{other} has no meaning here"))),
        };
        tokens.push((start, token));
    }
    Ok(tokens)
}

fn is_letter(char: char) -> bool {
    char.is_ascii_alphabetic() || char == '_'
}

fn run(chars: &[char], belongs: impl Fn(char) -> bool) -> usize {
    chars.iter().take_while(|char| belongs(**char)).count()
}

fn word(word: String) -> Token {
    match word.as_str() {
        "and" => Token::Operator(Operator::And),
        "or" => Token::Operator(Operator::Or),
        "not" => Token::Not,
        _ => Token::Name(word),
    }
}
