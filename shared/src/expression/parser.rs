//! Reads the text of an expression into its tree, by the strength of the operators.

use super::{
    Fault,
    lexer::{Token, tokens},
    tree::{Expression, Function, NEGATE_STRENGTH, NOT_STRENGTH, Node, Operator, Symbol},
};

/// How deep parentheses may nest: deeper text is a mistake or an attack on the stack.
const DEEPEST: usize = 60;
/// How many operators one expression may hold: each makes the tree a level deeper at most.
const MOST_OPERATORS: usize = 200;

/// Reads an expression.
///
/// # Errors
/// What is wrong and where.
pub fn parse(text: &str) -> Result<Expression, Fault> {
    let mut parser =
        Parser { tokens: tokens(text)?, next: 0, end: text.chars().count(), depth: 0, operators: 0 };
    let expression = parser.expression(0)?;
    match parser.tokens.get(parser.next) {
        None => Ok(expression),
        Some((at, _)) => Err(Fault::new(*at, "the expression should end here")),
    }
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    end: usize,
    depth: usize,
    operators: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |(at, _)| *at)
    }

    fn take(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, token: &Token, what: &str) -> Result<(), Fault> {
        let at = self.at();
        if self.take(token) { Ok(()) } else { Err(Fault::new(at, format!("expected {what}"))) }
    }

    /// An expression whose operators bind at least as tightly as `at_least`.
    fn expression(&mut self, at_least: u8) -> Result<Expression, Fault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Fault::new(self.at(), "the expression is nested too deeply"));
        }
        let mut left = self.operand()?;
        let mut joined = 0;
        while let Some(Token::Operator(operator)) = self.peek() {
            let (operator, strength) = (*operator, operator.strength());
            if strength < at_least {
                break;
            }
            if is_comparison(operator)
                && matches!(&left.node, Node::Two(other, _, _) if joined > 0 && is_comparison(*other))
            {
                return Err(Fault::new(self.at(), "comparisons do not chain; join them with and"));
            }
            joined += 1;
            self.operators += 1;
            if self.operators > MOST_OPERATORS {
                return Err(Fault::new(self.at(), "the expression has too many parts"));
            }
            self.next += 1;
            let right = self.expression(strength + 1)?;
            left = Expression { at: left.at, node: Node::Two(operator, Box::new(left), Box::new(right)) };
        }
        self.depth -= 1;
        Ok(left)
    }

    fn operand(&mut self) -> Result<Expression, Fault> {
        let at = self.at();
        let Some(token) = self.peek().cloned() else {
            return Err(Fault::new(at, "the expression ends too early"));
        };
        self.next += 1;
        let node = match token {
            Token::Number(number) => Node::Number(number),
            Token::Text(text) => Node::Text(text),
            Token::Not => Node::Not(Box::new(self.expression(NOT_STRENGTH)?)),
            Token::Operator(Operator::Subtract) => Node::Negate(Box::new(self.expression(NEGATE_STRENGTH)?)),
            Token::Open => {
                let inner = self.expression(0)?;
                self.expect(&Token::Close, ") for the ( before")?;
                return Ok(inner);
            }
            Token::Name(name) if self.take(&Token::Open) => self.call(at, &name)?,
            Token::Name(name) => named(name),
            _ => return Err(Fault::new(at, "expected a number, a text, a field or a function")),
        };
        Ok(Expression { at, node })
    }

    fn call(&mut self, at: usize, name: &str) -> Result<Node, Fault> {
        let function = Function::ALL.iter().find(|function| function.name() == name);
        let Some(function) = function else {
            return Err(Fault::new(at, format!("there is no function {name}")));
        };
        let mut arguments = Vec::new();
        if !self.take(&Token::Close) {
            loop {
                arguments.push(self.expression(0)?);
                if !self.take(&Token::Comma) {
                    break;
                }
            }
            self.expect(&Token::Close, ") behind the arguments")?;
        }
        Ok(Node::Call(*function, arguments))
    }
}

fn is_comparison(operator: Operator) -> bool {
    operator.strength() == Operator::Equal.strength()
}

fn named(name: String) -> Node {
    match name.as_str() {
        "true" => Node::Bool(true),
        "false" => Node::Bool(false),
        "period_start" => Node::Symbol(Symbol::PeriodStart),
        "period_end" | "cutoff" => Node::Symbol(Symbol::Cutoff),
        "due" => Node::Symbol(Symbol::Due),
        "today" => Node::Symbol(Symbol::Today),
        "status" => Node::Symbol(Symbol::Status),
        _ => match name.strip_prefix("unit.") {
            Some(fact) => Node::Symbol(Symbol::Unit(fact.to_owned())),
            None => Node::Field(name),
        },
    }
}
