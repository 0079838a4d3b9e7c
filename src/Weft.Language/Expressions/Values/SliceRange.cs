namespace Weft.Language.Expressions.Values;

/// <summary>The indexes that a slice <c>[start:stop:step]</c> takes of a sequence, by Python's rules.</summary>
internal readonly record struct SliceRange(int First, int Step, int Count)
{
    public static SliceRange Of(int length, long? start, long? stop, long step)
    {
        var (low, high) = step > 0 ? (0L, (long)length) : (-1L, length - 1L);
        var first = Bound(start, step > 0 ? low : high);
        var last = Bound(stop, step > 0 ? high : low);
        var span = step > 0 ? last - first : first - last;
        var stride = Math.Abs(Math.Clamp(step, -int.MaxValue, int.MaxValue));
        var count = span <= 0 ? 0 : (span + stride - 1) / stride;
        return new SliceRange((int)Math.Max(first, 0), (int)Math.Clamp(step, -int.MaxValue, int.MaxValue), (int)count);

        long Bound(long? bound, long open)
        {
            if (bound is not { } value)
            {
                return open;
            }

            return Math.Clamp(value < 0 ? Math.Max(value + length, low) : value, low, high);
        }
    }

    public int At(int i) => First + (i * Step);
}
