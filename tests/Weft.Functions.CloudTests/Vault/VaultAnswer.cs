using System.Text.Json.Nodes;

namespace Weft.Functions.CloudTests.Vault;

/// <summary>What the vault says.</summary>
internal sealed record VaultAnswer(int Status, JsonObject Body)
{
    /// <summary>Gets after how many seconds it wants to be asked again; null: it does not say.</summary>
    public int? RetryAfter { get; init; }

    public static VaultAnswer Error(int status, string code, string message = "No.") => new(
        status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });
}
