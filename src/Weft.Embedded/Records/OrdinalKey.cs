namespace Weft.Embedded.Records;

/// <summary>
/// Keys as bytes that sort as their UTF-16 code units do, any Unicode included: each unit is written as UTF-8 would write it alone
/// (CESU-8).
/// </summary>
/// <remarks>
/// Plain UTF-8 would sort U+E000 to U+FFFF before the supplementary characters, and has no form for half of a surrogate pair.
/// </remarks>
internal static class OrdinalKey
{
    public static byte[] Encode(string key)
    {
        var length = 0;
        foreach (var unit in key)
        {
            length += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
        }

        var bytes = new byte[length];
        var at = 0;
        foreach (var unit in key)
        {
            if (unit < 0x80)
            {
                bytes[at++] = (byte)unit;
            }
            else if (unit < 0x800)
            {
                bytes[at++] = (byte)(0xC0 | (unit >> 6));
                bytes[at++] = (byte)(0x80 | (unit & 0x3F));
            }
            else
            {
                bytes[at++] = (byte)(0xE0 | (unit >> 12));
                bytes[at++] = (byte)(0x80 | ((unit >> 6) & 0x3F));
                bytes[at++] = (byte)(0x80 | (unit & 0x3F));
            }
        }

        return bytes;
    }

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        Span<char> units = bytes.Length <= 1024 ? stackalloc char[bytes.Length] : new char[bytes.Length];
        var length = 0;
        for (var at = 0; at < bytes.Length;)
        {
            var first = bytes[at];
            if (first < 0x80)
            {
                units[length++] = (char)first;
                at++;
            }
            else if (first < 0xE0)
            {
                units[length++] = (char)(((first & 0x1F) << 6) | (bytes[at + 1] & 0x3F));
                at += 2;
            }
            else
            {
                units[length++] = (char)(((first & 0x0F) << 12) | ((bytes[at + 1] & 0x3F) << 6) | (bytes[at + 2] & 0x3F));
                at += 3;
            }
        }

        return new string(units[..length]);
    }
}
