using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;
using Weft.Agents.Secrets;
using Weft.Agents.Storage;
using Weft.Language;

namespace Weft.Embedded.Secrets;

/// <summary>Secrets in the record store, sealed with ASP.NET Core Data Protection; the keys lie in the data folder's <c>keys</c>.</summary>
/// <remarks>
/// Table <c>secrets</c>; partition <c>s</c>; row: the name; value <c>{sealed, updated_at}</c>. The name is bound into the seal, so that a
/// row copied to another name does not open. Who can read the whole data folder can open the secrets: keep the folder private, or use
/// Key Vault.
/// </remarks>
public sealed class LocalSecretVault(IRecordStore store, IDataProtectionProvider protection, TimeProvider time) : ISecretVault
{
    private const string Table = "secrets";
    private const string Purpose = "Weft.Secrets.v1";

    /// <inheritdoc/>
    public async Task<string?> GetAsync(string name, CancellationToken cancellationToken)
    {
        SecretNames.Check(name);
        if (await store.ReadAsync(Key(name), cancellationToken) is not { } row)
        {
            return null;
        }

        try
        {
            return Seal(name).Unprotect((string?)JsonNode.Parse(row.Json)?["sealed"] ?? "");
        }
        catch (Exception exception)
            when (exception is CryptographicException or JsonException or InvalidOperationException or FormatException)
        {
            throw new WeftException(
                "secret_unreadable",
                Fault.Unavailable,
                $"The secret '{name}' cannot be opened: the data folder's keys are not those it was sealed with. Restore the folder "
                + $"'keys', or store the secret again.",
                exception);
        }
    }

    /// <inheritdoc/>
    public async Task SetAsync(string name, string value, CancellationToken cancellationToken)
    {
        SecretNames.Check(name);
        SecretNames.CheckValue(name, value);
        var row = new JsonObject { ["name"] = name, ["sealed"] = Seal(name).Protect(value), ["updated_at"] = time.GetUtcNow().UtcDateTime };
        await store.UpsertAsync(Key(name), row.ToJsonString(WeftJson.Options), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        SecretNames.Check(name);
        return (await store.DeleteAsync(Key(name), null, cancellationToken)).Written;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var rows = await store.ReadAllAsync(new RowRange(Table, "s") { PageSize = 500 }, cancellationToken).ToListAsync(cancellationToken);
        return [.. rows.Select(r => (string?)JsonNode.Parse(r.Json)?["name"]).OfType<string>().Order(StringComparer.Ordinal)];
    }

    private IDataProtector Seal(string name) => protection.CreateProtector(Purpose, name);

    private static RowKey Key(string name) => new(Table, "s", RecordKeys.Part(name));
}
