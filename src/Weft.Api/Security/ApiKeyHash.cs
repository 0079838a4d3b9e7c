using System.Security.Cryptography;
using System.Text;

namespace Weft.Api.Security;

/// <summary>The form in which keys are kept. A key is long and random, so one round of SHA-256 is enough.</summary>
internal static class ApiKeyHash
{
    private const string Prefix = "sha256:";

    /// <summary>The hash of a key, as <c>Weft:Api:Keys:n:Hash</c> takes it.</summary>
    public static string Of(string key) => Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Whether a text is such a hash.</summary>
    public static bool IsHash(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && text.Length == Prefix.Length + 64
            && text[Prefix.Length..].All(char.IsAsciiHexDigit);

    /// <summary>Whether a key has a hash; takes equally long whichever letter differs.</summary>
    public static bool Matches(string key, string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(key)), Encoding.UTF8.GetBytes(hash.ToLowerInvariant()));
}
