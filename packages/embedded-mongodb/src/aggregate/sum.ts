import { intOrLong, isLong, toDecimal } from '../bson/arithmetic.ts';
import { addDecimals, divideDecimals } from '../bson/decimal-math.ts';
import type { Numeric } from '../bson/numbers.ts';
import { type Decimal128, Int32, type Value } from '../bson/values.ts';

/**
 * A running total: ints and longs exactly, doubles with a compensation for what rounding loses, decimals exactly to
 * 34 digits. The result has the widest type that was added; a long that overflows becomes a double.
 */
export class Sum {
  private small = 0;
  private whole = 0n;
  private hasLong = false;
  private hasDouble = false;
  private high = 0;
  private low = 0;
  private special = 0;
  private decimal: Decimal128 | undefined;

  add(v: Numeric): void {
    if (v instanceof Int32) {
      this.small += v.value;
      if (this.small > 4e15 || this.small < -4e15) this.spill();
    } else if (typeof v === 'number') {
      this.hasDouble = true;
      this.addDouble(v);
    } else if (typeof v === 'bigint') {
      this.hasLong = true;
      this.whole += v;
    } else this.decimal = this.decimal ? addDecimals(this.decimal, v) : v;
  }

  result(): Value {
    this.spill();
    if (this.decimal) return this.decimalTotal();
    if (this.hasDouble) return this.doubleTotal();
    if (!isLong(this.whole)) return Number(this.whole);
    return this.hasLong ? this.whole : intOrLong(this.whole);
  }

  /** The mean: a decimal when one was added, otherwise a double. */
  dividedBy(count: number): Value {
    this.spill();
    if (this.decimal) return divideDecimals(this.decimalTotal(), toDecimal(BigInt(count)));
    return this.doubleTotal() / count;
  }

  private spill(): void {
    this.whole += BigInt(this.small);
    this.small = 0;
  }

  private addDouble(v: number): void {
    if (!Number.isFinite(v)) {
      this.special += v;
      return;
    }
    const sum = this.high + v;
    const part = sum - this.high;
    this.low += this.high - (sum - part) + (v - part);
    this.high = sum;
  }

  private doubleTotal(): number {
    if (this.special !== 0) return this.special;
    if (this.whole === 0n) return this.high + this.low;
    const near = Number(this.whole);
    const rest = Number(this.whole - BigInt(near));
    const sum = this.high + near;
    const part = sum - this.high;
    return sum + (this.low + rest + (this.high - (sum - part)) + (near - part));
  }

  private decimalTotal(): Decimal128 {
    let total = this.decimal!;
    if (this.whole !== 0n) total = addDecimals(total, toDecimal(this.whole));
    return this.hasDouble
      ? addDecimals(total, toDecimal(this.special !== 0 ? this.special : this.high + this.low))
      : total;
  }
}
