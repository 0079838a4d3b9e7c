using Microsoft.Extensions.Configuration;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Values;

namespace Weft.Agents.Secrets;

/// <summary>Finds the values behind <c>env.NAME</c>: the vault first, then the host's configuration and environment.</summary>
/// <remarks>A definition's own <c>env</c> entries are laid over both; an entry that reads <c>env</c> itself is looked up on the host.</remarks>
public sealed class SecretSource(IConfiguration configuration, IEnumerable<ISecretVault> vaults)
{
    private readonly ISecretVault? _vault = vaults.FirstOrDefault();

    /// <summary>Looks up names.</summary>
    /// <param name="names">The names that are asked for.</param>
    /// <param name="definition">The definition that asks; null: none.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <returns>The values that are set, by name.</returns>
    /// <exception cref="WeftException">Code <c>secret_not_set</c>: an entry of the definition's reads a name that is not set; or the vault's.</exception>
    public Task<IReadOnlyDictionary<string, string>> FindAsync(
        IEnumerable<string> names, WorkflowDefinition? definition, CancellationToken cancellationToken) => FindAsync(names, definition, null, cancellationToken);

    /// <summary>Looks up names for a step or a tool with environment entries of its own.</summary>
    /// <param name="names">The names that are asked for.</param>
    /// <param name="definition">The definition that asks; null: none.</param>
    /// <param name="own">Entries over those of the definition, rendered: what they read of the environment is the definition's and the host's.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <inheritdoc cref="FindAsync(IEnumerable{string}, WorkflowDefinition?, CancellationToken)" path="/returns"/>
    /// <inheritdoc cref="FindAsync(IEnumerable{string}, WorkflowDefinition?, CancellationToken)" path="/exception"/>
    public async Task<IReadOnlyDictionary<string, string>> FindAsync(
        IEnumerable<string> names, WorkflowDefinition? definition, IReadOnlyDictionary<string, string>? own, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            string? value;
            if (own is not null && own.TryGetValue(name, out var rendered))
            {
                var below = await FindAsync(SecretPlaceholders.Names(rendered), definition, null, cancellationToken);
                value = SecretPlaceholders.Substitute(rendered, x => below.GetValueOrDefault(x));
            }
            else
            {
                value = definition is not null && definition.Env.TryGetValue(name, out var entry)
                    ? await EntryAsync(entry, cancellationToken)
                    : await HostAsync(name, cancellationToken);
            }

            if (!string.IsNullOrEmpty(value))
            {
                found[name] = value;
            }
        }

        return found;
    }

    /// <summary>An entry of a definition: a text, whose own references are to the host.</summary>
    private async Task<string?> EntryAsync(string entry, CancellationToken cancellationToken)
    {
        if (!Template.HasTags(entry))
        {
            return entry;
        }

        var marked = Template.Parse(entry).Render(new ExpressionScope()).Text;
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var name in SecretPlaceholders.Names(marked))
        {
            values[name] = await HostAsync(name, cancellationToken);
        }

        return SecretPlaceholders.Substitute(marked, name => values.GetValueOrDefault(name));
    }

    private async Task<string?> HostAsync(string name, CancellationToken cancellationToken)
    {
        var stored = _vault is null || !SecretNames.IsName(name) ? null : await _vault.GetAsync(name, cancellationToken);
        return stored ?? configuration[name] ?? Environment.GetEnvironmentVariable(name);
    }
}
