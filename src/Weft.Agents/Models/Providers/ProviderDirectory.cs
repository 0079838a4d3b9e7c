using Weft.Agents.Models.Catalog;
using Weft.Agents.Secrets;
using Weft.Language;
using Weft.Language.Expressions.Values;

namespace Weft.Agents.Models.Providers;

/// <summary>Finds the endpoints and the keys of models.</summary>
/// <remarks>They are read anew each time, so that a rotated key is used at once.</remarks>
internal sealed class ProviderDirectory(SecretSource secrets, IEnumerable<IProviderSignIn> signIns)
{
    private readonly IProviderSignIn? _signIn = signIns.LastOrDefault(); // as for any service: the last that a host registers counts

    /// <summary>How to reach a model, or what to set so that it can be reached.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="catalog">The catalog, and the <c>env</c> of the workflow that the model may come from.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async Task<Reachability> ReachAsync(ModelSpec spec, StepCatalog catalog, CancellationToken cancellationToken)
    {
        var reached = (await ReadAsync([spec], catalog, cancellationToken)).Reach(spec);
        if (_signIn is null || reached.Connection is not { SignsIn: true } connection)
        {
            return reached;
        }

        try
        {
            var token = await _signIn.TokenAsync(cancellationToken);
            return new(connection with { Key = token, Hiding = SecretHiding.Of([KeyValuePair.Create("TOKEN", token)]) }, null);
        }
        catch (WeftException refused)
        {
            return new(null, refused.Message.TrimEnd('.')); // it becomes the end of a sentence
        }
    }

    /// <summary>Reads what is needed to reach models: each name once, however many of them need it.</summary>
    /// <inheritdoc cref="ReachAsync" path="/param"/>
    public async Task<ProviderSettings> ReadAsync(IReadOnlyList<ModelSpec> specs, StepCatalog catalog, CancellationToken cancellationToken)
    {
        // What the catalog names is the host's: no workflow's env may bend it.
        var providers = specs.Select(s => catalog.Models.Provider(s.Provider)).OfType<ProviderSpec>().Distinct();
        var host = providers.SelectMany(p => new[] { p.BaseUrlFrom, p.KeyFrom, ProviderSettings.VersionFrom(p) }).OfType<string>();
        var own = specs.SelectMany(s => new[] { s.BaseUrl, s.ApiKey, s.Organization }).OfType<string>().SelectMany(NamesIn);
        return new ProviderSettings(
            catalog.Models, await secrets.FindAsync(host, cancellationToken),
            await secrets.FindAsync(own, catalog.Env, null, cancellationToken), _signIn);
    }

    // One that can't be read is told where it is used.
    private static IReadOnlyList<string> NamesIn(string template)
    {
        try
        {
            return SecretPlaceholders.Names(SecretSource.Mark(template));
        }
        catch (WeftException)
        {
            return [];
        }
    }
}
