using System.Text.Json;

namespace Weft.Language;

/// <summary>Enums as the language, the API and metrics spell them.</summary>
public static class EnumWords
{
    /// <summary>The word of a value, as <see cref="WeftJson"/> writes it: <c>wait_all</c>.</summary>
    public static string Word<T>(this T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>The words of an enum, in the order of its values.</summary>
    public static IEnumerable<string> Of<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName);

    /// <summary>Finds the value that a word names, whatever its case.</summary>
    public static bool TryRead<T>(string? word, out T value)
        where T : struct, Enum
    {
        foreach (var known in Enum.GetValues<T>())
        {
            if (string.Equals(known.Word(), word, StringComparison.OrdinalIgnoreCase))
            {
                value = known;
                return true;
            }
        }

        value = default;
        return false;
    }
}
