using System.Security.Cryptography;
using System.Text;

namespace Weft.Sandbox.Json;

/// <summary>Ids and numbers that are a function of their input: the same request gets the same answer, ids included.</summary>
internal static class Digest
{
    public static string Id(string prefix, string seed, int length = 24) => string.Concat(prefix, Hex(seed).AsSpan(0, length));

    public static string Hex(string seed) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)));

    public static ulong Number(string seed) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(seed)));

    /// <summary>A number from 0 (included) to 1 (excluded).</summary>
    public static double Fraction(string seed) => (Number(seed) >> 11) / (double)(1UL << 53);

    public static Guid Uuid(string seed)
    {
        Span<byte> bytes = SHA256.HashData(Encoding.UTF8.GetBytes(seed)).AsSpan(0, 16);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }

    public static string Clip(string? text, int maxLength) =>
        text is null ? string.Empty : text.Length <= maxLength ? text : string.Concat(text.AsSpan(0, maxLength), "…");
}
