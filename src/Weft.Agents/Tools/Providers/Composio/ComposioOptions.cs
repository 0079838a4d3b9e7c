using System.ComponentModel.DataAnnotations;

namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>How Composio is asked. The key and the address are COMPOSIO_API_KEY and COMPOSIO_BASE_URL.</summary>
internal sealed class ComposioOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Weft:Composio";

    /// <summary>The address when COMPOSIO_BASE_URL is not set.</summary>
    public const string DefaultBaseUrl = "https://backend.composio.dev/api/v3.1";

    /// <summary>Gets or sets how long a stored list of an app's actions is taken as it is.</summary>
    /// <value>
    /// The default is 24 hours. An older list is fetched again when it is next needed, and used all the same when Composio cannot be
    /// reached.
    /// </value>
    public TimeSpan CatalogTtl { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// Gets or sets the longest time that the start of the host waits for the catalog; the rest goes on in the background.
    /// </summary>
    /// <value>The default is 10 seconds; zero: the start does not wait.</value>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the longest time of one request for data (never of an execution).</summary>
    /// <value>The default is 15 seconds.</value>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets the attempts for one request for data, the first included.</summary>
    /// <value>1 to 10. The default is 3.</value>
    [Range(1, 10)]
    public int ReadAttempts { get; set; } = 3;

    /// <summary>Gets or sets the wait before the second attempt; each further one is twice as long.</summary>
    /// <value>The default is 500 milliseconds.</value>
    public TimeSpan ReadRetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Gets or sets the number of entries asked for in one page.</summary>
    /// <value>1 to 1,000 (Composio's most). The default is 200.</value>
    [Range(1, 1000)]
    public int PageSize { get; set; } = 200;

    /// <summary>Gets or sets how long the account found for an entity is used without asking again.</summary>
    /// <value>The default is 5 minutes. A call that finds it unusable asks at once.</value>
    public TimeSpan AccountTtl { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets the largest answer that is read, in bytes.</summary>
    /// <value>1 KiB and more. The default is 32 MiB.</value>
    [Range(1024, int.MaxValue)]
    public int MaxResponseBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>
    /// Gets the auth config to connect an app with: app → <c>ac_…</c>. Without one, the app's enabled one is used, else a managed one is
    /// made.
    /// </summary>
    public Dictionary<string, string> AuthConfigs { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Gets further names for actions: <c>shopify.get_order</c> → slugs to try in order, apart by commas. They come before the built-in
    /// ones.
    /// </summary>
    public Dictionary<string, string> Aliases { get; } = new(StringComparer.OrdinalIgnoreCase);
}
