namespace Weft.Api;

/// <summary>A key that a caller may use, known by its hash alone.</summary>
public sealed class ApiKey
{
    /// <summary>Gets or sets the name that logs show.</summary>
    public string Name { get; set; } = "";

    /// <summary>Gets or sets <c>sha256:</c> and the 64 hexadecimal digits of the key's SHA-256.</summary>
    public string Hash { get; set; } = "";

    /// <summary>Gets what it may do: words of read, execute, manage. None: everything.</summary>
    public IList<string> Scopes { get; } = [];
}
