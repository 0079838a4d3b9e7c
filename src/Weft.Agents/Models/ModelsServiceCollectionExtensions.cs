using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Weft.Agents.Models.Budgets;
using Weft.Agents.Models.Calls;
using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Costs;
using Weft.Agents.Models.Health;
using Weft.Agents.Models.Providers;
using Weft.Agents.Models.Records;
using Weft.Agents.Models.Routing;
using Weft.Agents.Models.Tokens;
using Weft.Agents.Secrets;
using Weft.Agents.Storage;
using Weft.Agents.Telemetry;
using Weft.Agents.Tools;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Agents.Models;

/// <summary>Registers models: catalog, routing, calls, budgets and costs.</summary>
internal static class ModelsServiceCollectionExtensions
{
    /// <summary>Adds them, once, with the activities <see cref="StepNames.RouteModel"/> and <see cref="StepNames.CallModel"/>.</summary>
    /// <remarks>
    /// The host brings an <see cref="IRecordStore"/>, an <see cref="IDefinitionSource"/>, an <see cref="IConfiguration"/> that holds the
    /// providers' keys and endpoints under their conventional names, and for models that call tools an <see cref="IToolCatalog"/>. One that
    /// has an identity may bring an <see cref="IProviderSignIn"/>.
    /// </remarks>
    public static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ModelsOptions>().BindConfiguration(ModelsOptions.Section).ValidateDataAnnotations();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelsOptions>, ModelsOptionsValidator>());
        services.TryAddSingleton(s => Catalog(s.GetRequiredService<IOptions<ModelsOptions>>().Value));
        services.TryAddSingleton<WorkflowCatalogs>();
        services.TryAddSingleton<SecretSource>();
        services.TryAddSingleton<ProviderDirectory>();
        services.TryAddSingleton<ChatClients>();
        services.TryAddSingleton<ModelCallRecords>();
        services.TryAddSingleton<ModelMetrics>();
        services.AddHostedService<MadeAtStart<ModelMetrics>>();
        services.TryAddSingleton<ModelHealth>();
        services.AddHostedService<MadeAtStart<ModelHealth>>();
        services.TryAddSingleton<BudgetLedger>();
        services.TryAddSingleton<CostReport>();
        services.TryAddSingleton<TokenCounter>();
        services.TryAddSingleton<CallFunding>();
        services.TryAddSingleton<ModelCaller>();
        services.TryAddSingleton(s => new ModelRouter(
            s.GetRequiredService<WorkflowCatalogs>(),
            s.GetRequiredService<ProviderDirectory>(),
            s.GetRequiredService<ModelHealth>(),
            s.GetRequiredService<BudgetLedger>(),
            s.GetRequiredService<IOptions<ModelsOptions>>(),
            s.GetRequiredService<TimeProvider>()));

        services.TryAddSingleton<RouteModelActivity>();
        services.TryAddSingleton<CallModelActivity>();
        services.AddSingleton<ActivityRegistration>(
            ActivityRegistration.Of<RouteModelRequest, RoutingDecision>(
                StepNames.RouteModel, s => s.GetRequiredService<RouteModelActivity>()));
        services.AddSingleton<ActivityRegistration>(
            ActivityRegistration.Of<CallModelRequest, ModelOutcome>(
                StepNames.CallModel, s => new RoutedModelCall(
                    s.GetRequiredService<RouteModelActivity>(),
                    new TracedModelCall(s.GetRequiredService<CallModelActivity>()),
                    s.GetRequiredService<ModelCallRecords>())));
        return services;
    }

    private static ModelCatalog Catalog(ModelsOptions options) =>
        options.CatalogFile is { Length: > 0 } file ? ModelCatalog.BuiltIn.WithFile(File.ReadAllText(file), file) : ModelCatalog.BuiltIn;
}
