import type { Digits } from '../protocol/operations';
import { cos, exp, log, BITS as MORE, sin } from './series';

/*
 * Numbers with a fixed point: whole numbers of units of 2⁻²⁵⁶, so that 77 places stand behind the point, and a number
 * from 1e-17 on has 60 digits at least. Sums and differences are exact; all else is rounded to the last place, or the one
 * before. They reach only so far, and are some forty times as fast as numbers that reach anywhere.
 */

/** How many bits stand behind the point. */
const BITS = 256n;
const ONE = 1n << BITS;
/** Beyond this, nothing is computed. */
const LARGEST = 1n << (BITS + 320n);
/** Nothing is divided by a number that is closer to 0: too few of its digits would be there. */
const SMALLEST = 1n << (BITS - 96n);
/** Beyond this, the exponential of a number is as good as {@link HUGE}, or as nothing. */
const FARTHEST = 180n << BITS;
/** So large that its inverse is nothing. */
const HUGE = 1n << (BITS + 300n);
/** No further out is it known where on the circle an angle is. */
const LAST_ANGLE = 1n << (BITS + 50n);

/** The magnitudes of doubles that a fixed point has, besides 0. What is smaller may be nothing but rounding. */
const REACH = { from: 2 ** -128, to: 2 ** 64 } as const;

/** A number is too large for a fixed point, or too small. */
export class OutOfReach extends Error {}

/**
 * Checks that a number is one that a fixed point has.
 *
 * @param x - the number, as a double
 * @throws OutOfReach if it is not
 */
export function requireReach(x: number): void {
  const size = Math.abs(x);
  if (!((size >= REACH.from && size < REACH.to) || size === 0)) throw new OutOfReach();
}

/** A number with a fixed point. What gets out of its reach throws OutOfReach. */
export class Fixed implements Digits<Fixed> {
  private constructor(private readonly units: bigint) {}

  /**
   * A double, with all its digits.
   *
   * @param x - the double
   */
  static of(x: number): Fixed {
    return new Fixed(unitsOf(x));
  }

  /** The nearest double; of two that are as near, the one whose last bit is 0. */
  toNumber(): number {
    return Number(this.units) * 2 ** -Number(BITS);
  }

  plus(y: Fixed | number): Fixed {
    return new Fixed(this.units + Fixed.unitsOf(y));
  }

  minus(y: Fixed | number): Fixed {
    return new Fixed(this.units - Fixed.unitsOf(y));
  }

  times(y: Fixed | number): Fixed {
    return Fixed.within((this.units * Fixed.unitsOf(y)) >> BITS);
  }

  dividedBy(y: Fixed | number): Fixed {
    return Fixed.within((this.units << BITS) / notNearZero(Fixed.unitsOf(y)));
  }

  toPower(y: Fixed | number): Fixed {
    const exponent = Fixed.unitsOf(y);
    if (exponent !== (exponent >> BITS) << BITS) return this.ln().times(y).exp();
    const times = Number(exponent >> BITS);
    if (times >= 0) return this.multiplied(times);
    // the larger of x and 1/x has more digits to be multiplied
    const isSmall = this.abs().units < ONE;
    const one = new Fixed(ONE);
    return isSmall ? one.dividedBy(this).multiplied(-times) : one.dividedBy(this.multiplied(-times));
  }

  negated(): Fixed {
    return new Fixed(-this.units);
  }

  abs(): Fixed {
    return this.isNegative() ? this.negated() : this;
  }

  exp(): Fixed {
    if (this.units < -FARTHEST) return new Fixed(0n);
    return new Fixed(this.units > FARTHEST ? HUGE : this.through(exp));
  }

  ln(): Fixed {
    if (notNearZero(this.units) < 0n) throw new OutOfReach();
    return new Fixed(this.through(log));
  }

  tanh(): Fixed {
    const falling = this.abs().times(-2).exp();
    const size = new Fixed(ONE).minus(falling).dividedBy(falling.plus(1));
    return this.isNegative() ? size.negated() : size;
  }

  sin(): Fixed {
    return new Fixed(this.angle().through(sin));
  }

  cos(): Fixed {
    return new Fixed(this.angle().through(cos));
  }

  squareRoot(): Fixed {
    if (notNearZero(this.units) < 0n) throw new OutOfReach();
    const square = this.units << BITS;
    let root = BigInt(Math.floor(Math.sqrt(Number(square))));
    // each time, twice as many digits are right, of which a double has 53
    for (let i = 0; i < 3; i++) root = (root + square / root) >> 1n;
    return new Fixed(root);
  }

  isNegative(): boolean {
    return this.units < 0n;
  }

  lessThan(y: Fixed | number): boolean {
    return this.units < Fixed.unitsOf(y);
  }

  private static unitsOf(y: Fixed | number): bigint {
    return typeof y === 'number' ? unitsOf(y) : y.units;
  }

  private static within(units: bigint): Fixed {
    if (units >= LARGEST || units <= -LARGEST) throw new OutOfReach();
    return new Fixed(units);
  }

  /** Multiplied by itself so many times. */
  private multiplied(times: number): Fixed {
    let power = new Fixed(ONE);
    let square: Fixed = this;
    for (let left = times; left > 0; left = Math.floor(left / 2)) {
      if (left % 2 === 1) power = power.times(square);
      if (left > 1) square = square.times(square);
    }
    return power;
  }

  private angle(): Fixed {
    if (this.units > LAST_ANGLE || this.units < -LAST_ANGLE) throw new OutOfReach();
    return this;
  }

  private through(f: (x: bigint) => bigint): bigint {
    return f(this.units << (MORE - BITS)) >> (MORE - BITS);
  }
}

function unitsOf(x: number): bigint {
  requireReach(x);
  return BigInt(x * 2 ** 180) << (BITS - 180n); // from 2⁻¹²⁸ on, a double is a whole number of units of 2⁻¹⁸⁰
}

function notNearZero(units: bigint): bigint {
  if (units < SMALLEST && units > -SMALLEST) throw new OutOfReach();
  return units;
}
