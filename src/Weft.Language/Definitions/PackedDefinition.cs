using System.IO.Compression;
using System.Text;

namespace Weft.Language.Definitions;

/// <summary>
/// A definition as it travels in histories: short ones as they are, long ones compressed, so that an execution of a large workflow has a
/// small history.
/// </summary>
/// <remarks>
/// The packed form is a stored format: <c>deflate:</c>, then base64 of the raw deflate stream of the UTF-8 text. JSON never begins so.
/// </remarks>
public static class PackedDefinition
{
    /// <summary>The longest text, in characters, that is left as it is.</summary>
    public const int LongestPlain = 4 * 1024;

    private const string Prefix = "deflate:";

    /// <summary>Packs a definition's JSON, when it is long.</summary>
    public static string Pack(string json)
    {
        if (json.Length <= LongestPlain)
        {
            return json;
        }

        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(Encoding.UTF8.GetBytes(json));
        }

        return Prefix + Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    /// <summary>The JSON of what <see cref="Pack"/> made.</summary>
    /// <exception cref="WeftException">Code <c>invalid_definition</c>: it is damaged.</exception>
    public static string Unpack(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return text;
        }

        try
        {
            using var packed = new MemoryStream(Convert.FromBase64String(text[Prefix.Length..]));
            using var deflate = new DeflateStream(packed, CompressionMode.Decompress);
            using var reader = new StreamReader(deflate, Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException)
        {
            throw new WeftException(
                "invalid_definition", Fault.Internal,
                "The packed definition in the history is damaged. Restore the data store, or start the workflow again.", exception);
        }
    }
}
