using Weft.Language;

namespace Weft.Agents.Secrets;

/// <summary>What every vault takes.</summary>
public static class SecretNames
{
    /// <summary>The longest name.</summary>
    public const int MaxLength = 127;

    /// <summary>The longest value, in characters: what Key Vault takes.</summary>
    public const int MaxValueLength = 25_000;

    /// <summary>Whether a text can be a name.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxLength && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/');

    /// <summary>Throws when a name will not do.</summary>
    public static void Check(string name)
    {
        if (!IsName(name))
        {
            throw new WeftException(
                "invalid_secret", Fault.Invalid,
                $"A secret's name has 1 to {MaxLength} characters of letters, digits, '_', '-', '.' and '/'.");
        }
    }

    /// <summary>Throws when a value will not do.</summary>
    public static void CheckValue(string name, string value)
    {
        if (value.Length is 0 or > MaxValueLength)
        {
            throw new WeftException(
                "invalid_secret", Fault.Invalid,
                $"The secret '{name}' must have 1 to {MaxValueLength} characters; remove it instead of storing an empty one.");
        }
    }
}
