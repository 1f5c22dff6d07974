//! Doubles in decimal, rounded to the nearest as IEEE 754 has it, ties to even.
//!
//! `str::parse` does the same faster for rare exponents and carries a ten-kilobyte table of powers of five into the wasm.
//! Nearly all that servers write (`%.17g`) has at most 19 digits and a small exponent: 128 bits decide it exactly. The
//! rest is divided at full length. The tests compare with `str::parse`.

use alloc::{vec, vec::Vec};
use core::cmp::Ordering;

/// Digits beyond these can only break a tie, and any one that is not zero does.
const MOST_DIGITS: usize = 780;

/// A double as servers write it: decimal, `inf`, `-inf`, `nan` (which has one bit pattern, whatever its sign).
#[cfg_attr(slotpipe_shipped, optimize(speed))]
pub(crate) fn parse(text: &[u8]) -> Option<f64> {
    let (negative, text) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if text.eq_ignore_ascii_case(b"nan") {
        return Some(f64::NAN);
    }
    let is_infinite = text.eq_ignore_ascii_case(b"inf") || text.eq_ignore_ascii_case(b"infinity");
    let magnitude = if is_infinite { f64::INFINITY } else { Decimal::read(text)?.to_double() };
    Some(if negative { -magnitude } else { magnitude })
}

/// `0.digits × 10^point`; the first digit is not zero, or there is none.
struct Decimal<'t> {
    /// Digits, and at most one point among them.
    text: &'t [u8],
    digits: usize,
    point: i32,
}

impl<'t> Decimal<'t> {
    fn read(text: &'t [u8]) -> Option<Self> {
        let end = text.iter().position(|byte| matches!(byte, b'e' | b'E')).unwrap_or(text.len());
        let (number, exponent) = text.split_at(end);
        let exponent = if exponent.is_empty() { 0 } else { small_integer(&exponent[1..])? };
        let whole = number.iter().position(|&byte| byte == b'.').unwrap_or(number.len());
        let fraction = number.get(whole + 1..).unwrap_or_default();
        let are_digits = |digits: &[u8]| digits.iter().all(u8::is_ascii_digit);
        if whole + fraction.len() == 0 || !are_digits(&number[..whole]) || !are_digits(fraction) {
            return None;
        }
        let first = number.iter().position(|byte| matches!(byte, b'1'..=b'9')).unwrap_or(number.len());
        let text = &number[first..];
        let digits = text.iter().filter(|&&byte| byte != b'.').count();
        // The point stands behind the whole part; the zeros before the first digit are left out.
        let point = i32::try_from(whole).ok()? - i32::try_from(first - usize::from(first > whole)).ok()?;
        Some(Self { text, digits, point: point.saturating_add(exponent) })
    }

    fn to_double(&self) -> f64 {
        match self.point {
            _ if self.digits == 0 => 0.0,
            ..-330 => 0.0,
            311.. => f64::INFINITY,
            _ => self.short().unwrap_or_else(|| self.long()),
        }
    }

    fn each_digit(&self) -> impl Iterator<Item = u8> + use<'t> {
        self.text.iter().filter(|&&byte| byte != b'.').map(|byte| byte - b'0')
    }

    /// The power of ten of the last of so many digits.
    fn exponent(&self, digits: usize) -> i32 {
        self.point - i32::try_from(digits).unwrap_or(i32::MAX)
    }

    /// Whatever 128 bits hold.
    fn short(&self) -> Option<f64> {
        if self.digits > 19 {
            return None;
        }
        let digits = self.each_digit().fold(0, |number, digit| number * 10 + u64::from(digit));
        let exponent = self.exponent(self.digits);
        let power = 10u64.checked_pow(exponent.unsigned_abs())?;
        if exponent >= 0 {
            return Some(round(u128::from(digits) * u128::from(power), 0, false));
        }
        let shift = 64 + digits.leading_zeros();
        let (numerator, power) = (u128::from(digits) << shift, u128::from(power));
        Some(round(numerator / power, -shift.cast_signed(), numerator % power != 0))
    }

    /// Any number of digits, any exponent.
    fn long(&self) -> f64 {
        let kept = self.digits.min(MOST_DIGITS);
        let mut numerator = Long(vec![0]);
        for digit in self.each_digit().take(kept) {
            numerator.scale(10, digit);
        }
        let mut exponent = self.exponent(kept);
        if self.each_digit().skip(kept).any(|digit| digit != 0) {
            numerator.scale(10, 1);
            exponent -= 1;
        }
        let mut denominator = Long(vec![1]);
        for _ in 0..exponent.unsigned_abs() {
            if exponent > 0 { &mut numerator } else { &mut denominator }.scale(10, 0);
        }
        // A quotient of 66 to 67 bits: more than a double's, so that the remainder only breaks ties.
        let shift = 66 + denominator.bits() - numerator.bits();
        if shift > 0 { &mut numerator } else { &mut denominator }.shift_left(shift.unsigned_abs());
        let mut quotient = 0u128;
        denominator.shift_left(67);
        for _ in 0..=67 {
            quotient <<= 1;
            if numerator.cmp(&denominator) != Ordering::Less {
                numerator.subtract(&denominator);
                quotient |= 1;
            }
            denominator.halve();
        }
        round(quotient, -shift, numerator.bits() > 0)
    }
}

/// `number × 2^exponent`, and a little more if `is_more`.
#[expect(clippy::cast_precision_loss, reason = "what is left has 53 bits")]
fn round(number: u128, exponent: i32, is_more: bool) -> f64 {
    let bits = 128 - number.leading_zeros().cast_signed();
    // Down to 53 bits, or to the last bit of a subnormal.
    let drop = (bits - 53).max(-1074 - exponent).clamp(0, 127);
    let (kept, dropped) = (number >> drop, number & ((1 << drop) - 1));
    let half = (1u128 << drop) >> 1;
    let is_up = match dropped.cmp(&half) {
        _ if drop == 0 => false,
        Ordering::Greater => true,
        Ordering::Equal => is_more || kept & 1 == 1,
        Ordering::Less => false,
    };
    // Twice, for no double is 2^-1074 × 2^-k alone; each product is exact.
    let exponent = exponent + drop;
    (kept + u128::from(is_up)) as f64 * power_of_two(exponent / 2) * power_of_two(exponent - exponent / 2)
}

/// For exponents of normal doubles.
fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(u64::from((exponent + 1023).unsigned_abs()) << 52)
}

/// A natural number, least digit first.
struct Long(Vec<u32>);

impl Long {
    fn scale(&mut self, factor: u32, addend: u8) {
        let mut carry = u64::from(addend);
        for digit in &mut self.0 {
            carry += u64::from(*digit) * u64::from(factor);
            *digit = low(carry);
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(low(carry));
        }
    }

    fn shift_left(&mut self, bits: u32) {
        for _ in 0..bits % 32 {
            self.scale(2, 0);
        }
        self.0.splice(..0, (0..bits / 32).map(|_| 0));
    }

    fn halve(&mut self) {
        let mut carry = 0;
        for digit in self.0.iter_mut().rev() {
            (carry, *digit) = (*digit << 31, *digit >> 1 | carry);
        }
    }

    /// Not more than it is.
    fn subtract(&mut self, other: &Self) {
        let mut borrow = false;
        for (place, digit) in self.0.iter_mut().enumerate() {
            (*digit, borrow) = digit.borrowing_sub(other.0.get(place).copied().unwrap_or(0), borrow);
        }
    }

    fn bits(&self) -> i32 {
        let leading: usize = self.0.iter().rev().take_while(|&&digit| digit == 0).count();
        let Some(&top) = self.0[..self.0.len() - leading].last() else { return 0 };
        i32::try_from((self.0.len() - leading) * 32).unwrap_or(i32::MAX) - top.leading_zeros().cast_signed()
    }

    fn cmp(&self, other: &Self) -> Ordering {
        let longest = self.0.len().max(other.0.len());
        let at = |long: &Self, place| long.0.get(place).copied().unwrap_or(0);
        (0..longest)
            .rev()
            .map(|place| at(self, place).cmp(&at(other, place)))
            .find(|o| o.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the rest is the carry")]
const fn low(wide: u64) -> u32 {
    wide as u32
}

/// An exponent; one that is beyond every double is near enough.
fn small_integer(text: &[u8]) -> Option<i32> {
    let digits = text.strip_prefix(b"-").or_else(|| text.strip_prefix(b"+")).unwrap_or(text);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let size = digits.iter().fold(0i32, |size, digit| (size * 10 + i32::from(digit - b'0')).min(100_000_000));
    Some(if text[0] == b'-' { -size } else { size })
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    fn check(text: &str) {
        let expected: Option<f64> = text.parse().ok();
        let found = parse(text.as_bytes());
        let bits =
            |value: Option<f64>| value.map(|value| if value.is_nan() { f64::NAN.to_bits() } else { value.to_bits() });
        assert_eq!(bits(found), bits(expected), "{text}: {found:?} instead of {expected:?}");
    }

    struct Random(u64);

    impl Random {
        fn next(&mut self) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0
        }
    }

    #[test]
    fn forms_are_taken_and_refused_as_str_parse_does() {
        for text in [
            "0",
            "-0",
            "+0",
            "0.0",
            "00012",
            "1",
            "-1.5",
            ".5",
            "5.",
            "-.5e1",
            "1e5",
            "1E+05",
            "1e-5",
            "1.e3",
            "inf",
            "-inf",
            "+inf",
            "Infinity",
            "nan",
            "-nan",
            "NaN",
            "",
            "-",
            "+",
            ".",
            "e5",
            "1e",
            "1e+",
            "1.2.3",
            "1e5.0",
            "0x10",
            " 1",
            "1 ",
            "--1",
            "1_000",
            "in",
            "infin",
            "1e99999999999",
            "-1e-99999999999",
            "0e99999999999",
            "1,5",
            "١",
        ] {
            check(text);
        }
    }

    #[test]
    fn the_hard_cases_round_as_str_parse_does() {
        for text in [
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "1.797693134862315807e308",
            "2.2250738585072014e-308",
            "2.2250738585072011e-308",
            "4.9e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "5e-324",
            "1e-400",
            "1e400",
            "9007199254740993",
            "9007199254740992.5",
            "9007199254740995",
            "18446744073709551615",
            "18446744073709551616",
            "0.1",
            "0.30000000000000004",
            "123456789012345678901234567890",
            "8.98846567431158e307",
            "7.2057594037927933e16",
            "1e23",
            "8.41e21",
            "9.5367431640625e-7",
            "6.631236846766476e-316",
        ] {
            check(text);
            check(&format!("{text}{}", "0".repeat(5)));
        }
        // Half way between two doubles, and the least bit more: far behind the point.
        let half = format!("9007199254740993.{}", "0".repeat(900));
        check(&half);
        check(&format!("{half}1"));
        check(&format!("0.{}1", "0".repeat(322)));
        check(&format!("1{}e-400", "0".repeat(400)));
    }

    #[test]
    fn every_double_is_read_back_from_what_is_printed_of_it() {
        let mut random = Random(0x9E37_79B9_7F4A_7C15);
        for _ in 0..4_000 {
            let value = f64::from_bits(random.next());
            check(&format!("{value:e}"));
            check(&format!("{:.17e}", value));
            check(&format!("{}", (random.next() % 10_000_000) as f64 / 1000.0));
        }
    }

    #[test]
    fn random_decimals_round_as_str_parse_does() {
        let mut random = Random(42);
        for round in 0..4_000 {
            let exponent = (random.next() % 680) as i64 - 340;
            let fraction = random.next();
            check(&format!("{}.{fraction}e{exponent}", random.next() % 10));
            if round % 16 == 0 {
                check(&format!("{}{}.{}{}e{exponent}", random.next(), random.next(), fraction, random.next()));
            }
        }
    }
}
