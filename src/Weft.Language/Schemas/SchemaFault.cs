namespace Weft.Language.Schemas;

/// <summary>One place at which a value does not fit its schema.</summary>
/// <param name="Path">The JSON pointer of the place (RFC 6901); empty for the value itself.</param>
/// <param name="Message">What is wrong there, without the value.</param>
public sealed record SchemaFault(string Path, string Message)
{
    /// <summary><c>/items/0/price: must be a number, but is a string</c>.</summary>
    public override string ToString() => $"{(Path.Length == 0 ? "(the value)" : Path)}: {Message}";
}
