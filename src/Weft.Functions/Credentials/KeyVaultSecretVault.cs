using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Security.KeyVault.Secrets;
using Weft.Agents.Secrets;

namespace Weft.Functions.Credentials;

/// <summary>
/// Secrets in Key Vault. Values are kept in memory for some minutes: a vault takes 4,000 calls in ten seconds for everyone.
/// </summary>
/// <remarks>
/// Key Vault's names are letters, digits and hyphens without case, so a secret lies under <c>weft-</c> and a hash of its name; the tag
/// <c>weft-name</c> holds the name itself. A write makes a new version; a removed secret stays recoverable for the vault's retention,
/// and is recovered when it is written again.
/// </remarks>
internal sealed class KeyVaultSecretVault(SecretClient client, TimeProvider time) : ISecretVault
{
    private const string NameTag = "weft-name";
    private static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SettleWithin = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    public async Task<string?> GetAsync(string name, CancellationToken cancellationToken)
    {
        SecretNames.Check(name);
        var now = time.GetUtcNow();
        while (true)
        {
            var kept = _kept.GetOrAdd(name, static (_, args) => new Kept(args.Until, new Lazy<Task<string?>>(args.Load)),
                (Until: now + Spread(), Load: (Func<Task<string?>>)(() => ReadAsync(name))));
            if (kept.Until <= now)
            {
                _kept.TryRemove(new KeyValuePair<string, Kept>(name, kept));
                continue;
            }

            try
            {
                // One read serves all that ask meanwhile; it is not bound to the first one's token.
                return await kept.Value.Value.WaitAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                _kept.TryRemove(new KeyValuePair<string, Kept>(name, kept));
                throw;
            }
        }
    }

    public async Task SetAsync(string name, string value, CancellationToken cancellationToken)
    {
        SecretNames.Check(name);
        SecretNames.CheckValue(name, value);
        var secret = new KeyVaultSecret(NameOf(name), value);
        secret.Properties.Tags[NameTag] = name;
        await AskAsync(TheSecret(name), token => StoreAsync(secret, token), cancellationToken);
        _kept.TryRemove(name, out _);
    }

    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        SecretNames.Check(name);
        _kept.TryRemove(name, out _);
        try
        {
            return await AskAsync(TheSecret(name), token => RemoveAsync(NameOf(name), token), cancellationToken);
        }
        finally
        {
            // Who read it meanwhile kept it anew.
            _kept.TryRemove(name, out _);
        }
    }

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) =>
        AskAsync("the list of secrets", ReadNamesAsync, cancellationToken);

    private async Task<bool> StoreAsync(KeyVaultSecret secret, CancellationToken cancellationToken)
    {
        try
        {
            await client.SetSecretAsync(secret, cancellationToken);
        }
        catch (RequestFailedException deleted) when (deleted.Status == 409)
        {
            // Removed, and kept by soft delete: the name is free only after it was recovered.
            var recovery = await client.StartRecoverDeletedSecretAsync(secret.Name, cancellationToken);
            await recovery.WaitForCompletionAsync(cancellationToken);
            await client.SetSecretAsync(secret, cancellationToken);
        }

        return true;
    }

    private async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            // Waited for: until it is deleted for good, the name can neither be written nor recovered.
            var deletion = await client.StartDeleteSecretAsync(name, cancellationToken);
            await deletion.WaitForCompletionAsync(cancellationToken);
            return true;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<string>> ReadNamesAsync(CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var secret in client.GetPropertiesOfSecretsAsync(cancellationToken))
        {
            if (secret.Tags.TryGetValue(NameTag, out var name))
            {
                names.Add(name);
            }
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private Task<string?> ReadAsync(string name) => AskAsync<string?>(
        TheSecret(name),
        async token =>
        {
            try
            {
                return (await client.GetSecretAsync(NameOf(name), version: null, token)).Value.Value;
            }
            catch (RequestFailedException missing) when (missing.Status == 404)
            {
                return null;
            }
        },
        CancellationToken.None);

    /// <summary>Asks the vault, for some minutes at most, and words what it refuses.</summary>
    private async Task<T> AskAsync<T>(string what, Func<CancellationToken, Task<T>> askAsync, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(SettleWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await askAsync(either.Token);
        }
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
        {
            // Without the cause: its text holds what the vault answered.
            throw KeyVaultFaults.Of(what, failed);
        }
    }

    private static string TheSecret(string name) => $"the secret '{name}'";

    // Not all at the same moment.
    private static TimeSpan Spread() => KeepFor + TimeSpan.FromSeconds(RandomNumberGenerator.GetInt32(0, 60));

    internal static string NameOf(string name) => "weft-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..40];

    private sealed record Kept(DateTimeOffset Until, Lazy<Task<string?>> Value);
}
