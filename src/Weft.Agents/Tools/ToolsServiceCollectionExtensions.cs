using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Weft.Agents.Payloads;
using Weft.Agents.Storage;
using Weft.Agents.Telemetry;
using Weft.Agents.Tools.Providers.BuiltIn;
using Weft.Agents.Tools.Providers.Composio;
using Weft.Agents.Tools.Providers.Http;
using Weft.Agents.Tools.Records;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Agents.Tools;

/// <summary>Registers tools.</summary>
internal static class ToolsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the tools and the <c>CallTool</c> activity. Needs an <see cref="IRecordStore"/> and an <see cref="IDefinitionSource"/>, which
    /// the host picks.
    /// </summary>
    public static IServiceCollection AddTools(this IServiceCollection services)
    {
        services.AddCredentials();
        services.AddOptionsWithValidateOnStart<ToolOptions>().BindConfiguration(ToolOptions.Section).ValidateDataAnnotations();
        services.AddOptionsWithValidateOnStart<ComposioOptions>().BindConfiguration(ComposioOptions.Section).ValidateDataAnnotations();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ToolOptions>, ToolOptionsValidator>());

        // A redirect would carry keys along: it is followed by hand, or not at all.
        services.AddHttpClient(ComposioClient.HttpClientName)
            .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => Handler());

        services.AddHttpClient(HttpToolServices.ClientName)
            .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => Handler());

        services.TryAddSingleton<ComposioClient>();
        services.TryAddSingleton<ComposioCatalog>();
        services.TryAddSingleton<ComposioAccounts>();
        services.TryAddSingleton<ToolRegistry>();
        services.TryAddSingleton<IToolCatalog>(s => s.GetRequiredService<ToolRegistry>());

        services.TryAddSingleton<ToolCallRecords>();
        services.TryAddSingleton<ToolUsageRecords>();
        services.TryAddSingleton<ToolCallLedger>();
        services.TryAddSingleton<ToolMetrics>();
        services.AddHostedService<MadeAtStart<ToolMetrics>>();
        services.TryAddSingleton<ToolUsageLog>();
        services.TryAddSingleton<ToolGate>();
        services.TryAddSingleton<ToolSecrets>();
        services.TryAddSingleton<ToolAttempts>();
        services.TryAddSingleton<ResponseCache>();
        services.TryAddSingleton<CallTool>();
        services.TryAddSingleton(s => new DirectToolCalls(
            s.GetRequiredService<CallTool>(),
            s.GetRequiredService<ContextStore>(),
            s.GetRequiredService<IOptions<ToolOptions>>(),
            s.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<ToolDirectory>();
        services.TryAddSingleton<ToolAnalytics>();
        services.TryAddSingleton<ToolSelector>();
        services.AddSingleton<IToolProvider, HttpTools>();
        services.AddSingleton<IToolProvider, BuiltInTools>();
        services.AddSingleton<IToolProvider, ComposioTools>();
        services.AddSingleton<IBuiltInTool, NowTool>();
        services.AddSingleton<IBuiltInTool, SearchKnowledgeTool>();
        services.AddSingleton<IBuiltInTool>(
            s => new SearchToolsTool(s.GetRequiredService<ToolDirectory>)); // the directory has this tool, too
        services.AddSingleton<IBuiltInTool, ReadPayloadTool>();
        services.AddHostedService<ToolRetention>();
        services.AddSingleton<ActivityRegistration>(
            ActivityRegistration.Of<CallToolRequest, ToolOutcome>(
                StepNames.CallTool, s => new TracedToolCall(s.GetRequiredService<CallTool>())));
        return services;
    }

    /// <summary>Connections are renewed now and then, so that a changed address is noticed.</summary>
    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
