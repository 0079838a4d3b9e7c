using Weft.Agents.Models.Catalog;
using Weft.Agents.Secrets;
using Weft.Language;
using Weft.Language.Expressions.Values;

namespace Weft.Agents.Models.Providers;

/// <summary>How models are reached, by the settings of one moment.</summary>
/// <param name="catalog">The models and their providers.</param>
/// <param name="host">What the catalog's providers name, of the host.</param>
/// <param name="own">What the models of a workflow's file name, as the workflow sees it.</param>
/// <param name="signIn">What signs the host in where it has no key; null: nothing does.</param>
internal sealed class ProviderSettings(ModelCatalog catalog, SecretValues host, SecretValues own, IProviderSignIn? signIn)
{
    private const string AzureVersion = "AZURE_OPENAI_API_VERSION";

    /// <summary>The setting with the version of a provider's API; null: it has none.</summary>
    public static string? VersionFrom(ProviderSpec provider) => provider.Kind == ProviderKind.Azure ? AzureVersion : null;

    /// <summary>How to reach a model, or what to set so that it can be reached.</summary>
    public Reachability Reach(ModelSpec spec)
    {
        var provider = catalog.Provider(spec.Provider);
        if (provider is null && spec.BaseUrl is null)
        {
            var known = string.Join(", ", catalog.Providers.Select(p => p.Name));
            return new(null, $"the provider '{spec.Provider}' is unknown: give the model a base_url, or use one of {known}");
        }

        provider ??= new ProviderSpec { Name = spec.Provider, Kind = ProviderKind.OpenAi, MaxTokensField = "max_tokens" };
        var (setting, hostProblem) = Host(provider.BaseUrlFrom);
        var hosts = setting ?? provider.BaseUrl;
        var (address, problem) = spec.BaseUrl is { } written ? Own("base_url", written) : (hosts, hostProblem);
        if (address is null)
        {
            return new(null, problem ?? $"no endpoint for {provider.Name}: set {provider.BaseUrlFrom}");
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            return new(null,
                $"the endpoint of {provider.Name} is no http(s) URL: correct "
                + $"{(spec.BaseUrl is null ? provider.BaseUrlFrom : "its base_url")}");
        }

        if (provider.BasePath is { } path && url.AbsolutePath is "/")
        {
            url = new Uri(url, path);
        }

        var signsIn = SignsIn(spec, provider, url, hosts);
        var (key, from, keyProblem) = signsIn ? default : Key(spec, provider, url, hosts);
        var (organization, unset) = spec.Organization is { Length: > 0 } template ? Own("organization", template) : default;
        problem ??= keyProblem ?? unset;
        if (organization is not null && !IsHeaderText(organization))
        {
            problem ??= "its organization holds characters that no HTTP header carries: correct it";
        }

        var connection =
            new ProviderConnection(provider.Name, provider.Kind, url, key, Host(VersionFrom(provider)).Value, provider.MaxTokensField)
        {
            KeySetting = signsIn ? "the roles of the host's identity" : from ?? "its api_key",
            SignsIn = signsIn,
            Hiding = key is null || from is null ? SecretHiding.None : SecretHiding.Of([KeyValuePair.Create(from, key), .. KeyParts(spec)]),
            Organization = organization,
        };
        return problem is not null ? new(null, problem) : new(connection, null);
    }

    // A key goes first; and where it is set but cannot be read, nothing stands in for it.
    private bool SignsIn(ModelSpec spec, ProviderSpec provider, Uri url, string? hostsUrl) =>
        signIn is not null && spec.ApiKey is not { Length: > 0 } && provider.KeyFrom is { } name && Host(name) is (null, null)
        && SameHost(hostsUrl, url) && signIn.Covers(provider.Kind, url);

    private (string? Key, string? From, string? Problem) Key(ModelSpec spec, ProviderSpec provider, Uri url, string? hostsUrl)
    {
        if (spec.ApiKey is { Length: > 0 } template)
        {
            var (own, problem) = Own("api_key", template);

            // A key in clear would be in the file, its stored versions and whoever reads them: only a setting may hold it.
            return problem is not null ? (null, null, problem)
                : NamesIn(template) is not [var name, ..]
                ? (null, null, "its api_key is written in clear: put the key in the environment and write {{ .env.NAME }}")
                : Fit(own, name);
        }

        // The host's key goes to the host's endpoint alone, not to any address that a file names.
        if (provider.KeyFrom is null || (spec.BaseUrl is not null && !SameHost(hostsUrl, url)))
        {
            return default;
        }

        var (key, fault) = Host(provider.KeyFrom);
        return key is null ? (null, null, fault ?? $"no key for {provider.Name}: set {provider.KeyFrom}") : Fit(key, provider.KeyFrom);
    }

    private (string? Value, string? Problem) Host(string? name) =>
        name is null ? default
        : host.Unreadable(name) is { } fault ? (null, Told(fault))
        : (host[name]?.Trim(), null);

    // A text of a workflow's file, with what it reads of the environment in place.
    private (string? Value, string? Problem) Own(string property, string template)
    {
        try
        {
            var marked = SecretSource.Mark(template);
            return own.Missing(marked) is { } name
                ? (null, $"its {property} reads a setting that is not there: set {name}")
                : own.Put(marked)?.Trim() is { Length: > 0 } value ? (value, null)
                : (null, $"its {property} is empty: correct it");
        }
        catch (WeftException exception)
        {
            return (null, $"its {property} can't be used: {Told(exception)}");
        }
    }

    // A key that is put together of several values is quoted in parts, too.
    private IEnumerable<KeyValuePair<string, string>> KeyParts(ModelSpec spec) =>
        spec.ApiKey is not { Length: > 0 } template ? []
        : NamesIn(template).Where(n => own[n] is not null).Select(
            n => KeyValuePair.Create(n, own[n]!)); // the line before has those that are set

    private static IReadOnlyList<string> NamesIn(string template) => SecretPlaceholders.Names(SecretSource.Mark(template));

    private static bool SameHost(string? hostsUrl, Uri url) =>
        Uri.TryCreate(hostsUrl, UriKind.Absolute, out var hosts) && hosts.Authority == url.Authority && hosts.Scheme == url.Scheme;

    // A key that was copied with a line break or a typographic dash would fail as if there were no network.
    private static (string? Key, string? From, string? Problem) Fit(string? key, string setting) =>
        key is null || IsHeaderText(key) ? (key, setting, null)
        : (null, null, $"its key holds characters that no HTTP header carries: set {setting} anew");

    private static bool IsHeaderText(string text) => text.All(c => c is >= ' ' and <= '~');

    // It becomes the end of a sentence.
    private static string Told(WeftException exception) => exception.Message.TrimEnd('.');
}
