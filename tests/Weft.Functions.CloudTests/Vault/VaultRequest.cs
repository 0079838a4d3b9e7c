namespace Weft.Functions.CloudTests.Vault;

/// <summary>What a client asked of the vault.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, without a slash at its end.</param>
/// <param name="After">In a list: the name after which it goes on; empty: at the start.</param>
/// <param name="Body">The body.</param>
/// <param name="At">When it came.</param>
internal sealed record VaultRequest(string Method, string Path, string After, string Body, DateTimeOffset At);
