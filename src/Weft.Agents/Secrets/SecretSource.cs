using Microsoft.Extensions.Configuration;
using Weft.Language;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Values;

namespace Weft.Agents.Secrets;

/// <summary>
/// Finds the values behind <c>env.NAME</c>, for prompts, models, tools and hooks alike: one order, so that a name has one value.
/// </summary>
/// <remarks>
/// The step's own <c>env</c> entries go before those of the workflow, and these before the host. On the host the vault is asked first, then
/// the settings, then the environment of the process; a blank value counts as none. An entry reads only what lies below it. Values are
/// read anew each time, so that one that was changed is used at once.
/// </remarks>
public sealed class SecretSource(IConfiguration configuration, IEnumerable<ISecretVault> vaults)
{
    private readonly ISecretVault? _vault = vaults.LastOrDefault(); // as for any service: the last that a host registers counts

    /// <summary>A text of a definition that reads <c>env</c> and nothing else, with its references made marks.</summary>
    /// <exception cref="WeftException">A code of templates: it can't be read, or reads something else.</exception>
    public static string Mark(string template) =>
        Template.HasTags(template) ? Template.Parse(template).Render(new ExpressionScope()).Text : template;

    /// <summary>Looks up names on the host alone.</summary>
    /// <param name="names">The names that are asked for.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public Task<SecretValues> FindAsync(IEnumerable<string> names, CancellationToken cancellationToken) =>
        FindAsync(names, null, null, cancellationToken);

    /// <summary>Looks up names as a step sees them.</summary>
    /// <param name="names">The names that are asked for.</param>
    /// <param name="workflow">The entries of the workflow, templates over the host's; null: none.</param>
    /// <param name="step">The entries of the step or tool, rendered: what they read of the environment is the workflow's and the host's;
    /// null: none.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async Task<SecretValues> FindAsync(
        IEnumerable<string> names,
        IReadOnlyDictionary<string, string>? workflow,
        IReadOnlyDictionary<string, string>? step,
        CancellationToken cancellationToken)
    {
        // A vault that is a service answers them side by side.
        var lookups = await Task.WhenAll(names.Distinct(StringComparer.Ordinal).Select(OfStepAsync));
        return lookups.Length == 0 ? SecretValues.None : new SecretValues(lookups);

        Task<SecretLookup> OfStepAsync(string name) =>
            step is not null && step.TryGetValue(name, out var rendered) ? FillAsync(name, () => rendered, OfWorkflowAsync)
                : OfWorkflowAsync(name);

        Task<SecretLookup> OfWorkflowAsync(string name) =>
            workflow is not null && workflow.TryGetValue(name, out var entry) ? FillAsync(name, () => Mark(entry), OfHostAsync)
                : OfHostAsync(name);

        Task<SecretLookup> OfHostAsync(string name) => HostAsync(name, cancellationToken);
    }

    private static async Task<SecretLookup> FillAsync(string name, Func<string> mark, Func<string, Task<SecretLookup>> below)
    {
        try
        {
            var marked = mark();
            var parts = new Dictionary<string, SecretLookup>(StringComparer.Ordinal);
            foreach (var inner in SecretPlaceholders.Names(marked))
            {
                parts[inner] = await below(inner);
            }

            var read = parts.Values.SelectMany(p => p.Read);
            if (parts.Values.FirstOrDefault(p => p.Unreadable is not null) is { Unreadable: { } fault })
            {
                return new SecretLookup(name, null) { Unreadable = fault };
            }

            if (SecretPlaceholders.FirstUnset(marked, x => parts[x].Value) is { } unset)
            {
                return new SecretLookup(name, null) { ToSet = parts[unset].ToSet };
            }

            var value = SecretPlaceholders.Substitute(marked, x => parts[x].Value);
            return new SecretLookup(name, string.IsNullOrEmpty(value) ? null : value) { Below = [.. read] };
        }
        catch (WeftException exception)
        {
            return new SecretLookup(name, null) { Unreadable = exception };
        }
    }

    private async Task<SecretLookup> HostAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var value = _vault is null || !SecretNames.IsName(name) ? null : await _vault.GetAsync(name, cancellationToken);
            return new SecretLookup(name, Set(value) ?? Set(configuration[name]) ?? Set(Environment.GetEnvironmentVariable(name)));
        }
        catch (WeftException exception)
        {
            return new SecretLookup(name, null) { Unreadable = exception };
        }
    }

    private static string? Set(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
