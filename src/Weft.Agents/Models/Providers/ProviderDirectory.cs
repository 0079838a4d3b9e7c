using Weft.Agents.Models.Catalog;

namespace Weft.Agents.Models.Providers;

/// <summary>Finds the endpoint and the key of a model in the settings.</summary>
/// <remarks>They are read anew each time, so that a rotated key is used at once.</remarks>
internal sealed class ProviderDirectory(EnvSettings settings)
{
    /// <summary>How to reach a model, or what to set so that it can be reached.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="catalog">The catalog, and the <c>env</c> of the workflow that the model may come from.</param>
    public Reachability Reach(ModelSpec spec, StepCatalog catalog)
    {
        var provider = catalog.Models.Provider(spec.Provider);
        if (provider is null && spec.BaseUrl is null)
        {
            var known = string.Join(", ", catalog.Models.Providers.Select(p => p.Name));
            return new(null, $"the provider '{spec.Provider}' is unknown: give the model a base_url, or use one of {known}");
        }

        provider ??= new ProviderSpec { Name = spec.Provider, Kind = ProviderKind.OpenAi, MaxTokensField = "max_tokens" };
        var hosts = settings.Setting(provider.BaseUrlFrom) ?? provider.BaseUrl;
        var address = spec.BaseUrl is { } own ? settings.Expand(own, catalog.Env) : hosts;
        if (address is null)
        {
            return new(null, spec.BaseUrl is null
                ? $"no endpoint for {provider.Name}: set {provider.BaseUrlFrom}"
                : $"its base_url reads a setting that is not there: set {EnvSettings.NameIn(spec.BaseUrl)}");
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            var setting = spec.BaseUrl is null ? provider.BaseUrlFrom : "its base_url";
            return new(null, $"the endpoint of {provider.Name} is no http(s) URL: correct {setting}");
        }

        if (provider.BasePath is { } path && url.AbsolutePath is "/")
        {
            url = new Uri(url, path);
        }

        var (key, problem) = Key(spec, provider, url, hosts, catalog.Env);
        var organization = spec.Organization is { } template ? settings.Expand(template, catalog.Env) : null;
        if (spec.Organization is { Length: > 0 } unset && organization is null)
        {
            problem ??= $"its organization reads a setting that is not there: set {EnvSettings.NameIn(unset)}";
        }

        if (organization is not null && !IsHeaderText(organization))
        {
            problem ??= "its organization holds characters that no HTTP header carries: correct it";
        }

        var version = provider.Kind == ProviderKind.Azure ? settings.Setting("AZURE_OPENAI_API_VERSION") : null;
        var connection = new ProviderConnection(provider.Name, provider.Kind, url, key, version, provider.MaxTokensField)
        {
            Organization = organization,
        };
        return problem is not null ? new(null, problem) : new(connection, null);
    }

    private (string? Key, string? Problem) Key(
        ModelSpec spec, ProviderSpec provider, Uri url, string? hostsUrl, IReadOnlyDictionary<string, string> env)
    {
        if (spec.ApiKey is { Length: > 0 } template)
        {
            // A key in clear would be in the file, its stored versions and whoever reads them: only a setting may hold it.
            return EnvSettings.NameIn(template) is not { } name
                ? (null, "its api_key is written in clear: put the key in the environment and write {{ .env.NAME }}")
                : Fit(settings.Expand(template, env), name) ?? (null, $"its api_key reads a setting that is not there: set {name}");
        }

        // The host's key goes to the host's endpoint alone, not to any address that a file names.
        if (provider.KeyFrom is null || (spec.BaseUrl is not null && !SameHost(hostsUrl, url)))
        {
            return (null, null);
        }

        return Fit(settings.Setting(provider.KeyFrom), provider.KeyFrom)
            ?? (null, $"no key for {provider.Name}: set {provider.KeyFrom}");
    }

    private static bool SameHost(string? hostsUrl, Uri url) =>
        Uri.TryCreate(hostsUrl, UriKind.Absolute, out var hosts) && hosts.Authority == url.Authority && hosts.Scheme == url.Scheme;

    // A key that was copied with a line break or a typographic dash would fail as if there were no network.
    private static (string? Key, string? Problem)? Fit(string? key, string setting) =>
        key is null ? null
        : IsHeaderText(key) ? (key, null)
        : (null, $"its key holds characters that no HTTP header carries: set {setting} anew");

    private static bool IsHeaderText(string text) => text.All(c => c is >= ' ' and <= '~');
}
