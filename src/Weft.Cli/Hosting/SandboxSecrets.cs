using Weft.Agents.Secrets;

namespace Weft.Cli.Hosting;

/// <summary>The vault of a host that works with the simulators: what these are reached by goes before what is stored.</summary>
/// <remarks>
/// A stored key of a provider would be refused by its simulator, and a stored address would lead away from it, to where calls cost money.
/// </remarks>
internal sealed class SandboxSecrets(IReadOnlyDictionary<string, string> variables, ISecretVault inner) : ISecretVault
{
    public Task<string?> GetAsync(string name, CancellationToken cancellationToken) =>
        variables.TryGetValue(name, out var value) ? Task.FromResult<string?>(value) : inner.GetAsync(name, cancellationToken);

    public Task SetAsync(string name, string value, CancellationToken cancellationToken) => inner.SetAsync(name, value, cancellationToken);

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);
}
