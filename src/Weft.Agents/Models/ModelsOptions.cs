using System.ComponentModel.DataAnnotations;

namespace Weft.Agents.Models;

/// <summary>How models are chosen, called and paid for.</summary>
public sealed class ModelsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Weft:Models";

    /// <summary>Gets or sets a catalog file of the host, laid over the product's: models, profiles and providers.</summary>
    /// <value>A path to a YAML file of the form of catalog.yaml; null: none, the default.</value>
    public string? CatalogFile { get; set; }

    /// <summary>
    /// Gets or sets the longest that one model call may take, from request to whole answer, when neither the call nor the model says.
    /// </summary>
    /// <value>1 s to 1 h. The default is 120 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>Gets or sets the share of a model's context window that a call may fill.</summary>
    /// <value>A fraction from 0.1 to 1. The default is 0.8.</value>
    /// <remarks>The rest is room for the error of the token estimate.</remarks>
    [Range(0.1, 1.0)]
    public double ContextMargin { get; set; } = 0.8;

    /// <summary>Gets or sets the most tokens of a reply when neither the call nor the model says.</summary>
    /// <value>16 to 1,000,000. The default is 4,096; models that think get four times as much, for thinking counts.</value>
    [Range(16, 1_000_000)]
    public int MaxOutputTokens { get; set; } = 4096;

    /// <summary>Gets or sets the largest answer that is read, in bytes.</summary>
    /// <value>64 KiB to 1 GiB. The default is 32 MiB.</value>
    [Range(64 * 1024L, 1024L * 1024 * 1024)]
    public long MaxReplyBytes { get; set; } = 32L * 1024 * 1024;

    /// <summary>
    /// Gets or sets the fewest calls within <see cref="BreakerSampling"/> that open a model's circuit, once at least half of them failed.
    /// </summary>
    /// <value>2 to 1,000. The default is 5: five failures in a row open it.</value>
    [Range(2, 1000)]
    public int BreakerFailures { get; set; } = 5;

    /// <summary>Gets or sets how long an open circuit refuses calls, before one probe is let through.</summary>
    /// <value>1 s to 1 h. The default is 60 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan BreakerDuration { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets or sets the time over which calls count for the circuit.</summary>
    /// <value>1 s to 1 h. The default is 60 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan BreakerSampling { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Gets or sets the recent calls that it takes before observed latency and length of replies replace the catalog's figures.
    /// </summary>
    /// <value>1 to 10,000. The default is 20.</value>
    [Range(1, 10_000)]
    public int ObservedCalls { get; set; } = 20;

    /// <summary>Gets or sets the time after which an observation counts half.</summary>
    /// <value>1 minute to 7 days. The default is 1 hour.</value>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan ObservationHalfLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets what all workflows of this host may spend in a day (UTC), in USD; null: no limit, the default.</summary>
    [Range(0.0, 1e9)]
    public double? DailyBudget { get; set; }

    /// <summary>
    /// Gets or sets what all workflows of this host may spend in a calendar month (UTC), in USD; null: no limit, the default.
    /// </summary>
    [Range(0.0, 1e9)]
    public double? MonthlyBudget { get; set; }

    /// <summary>Gets or sets the share of a budget at which an alert is raised when the workflow names none.</summary>
    /// <value>0 to 1. The default is 0.8.</value>
    [Range(0.0, 1.0)]
    public double AlertThreshold { get; set; } = 0.8;
}
