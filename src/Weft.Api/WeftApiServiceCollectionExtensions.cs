using System.Diagnostics;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Weft.Api.Operations;
using Weft.Api.Security;
using Weft.Language;

namespace Weft.Api;

/// <summary>Registers the HTTP API.</summary>
public static class WeftApiServiceCollectionExtensions
{
    /// <summary>
    /// Adds the API. What it serves, the host adds by <c>AddWeftAgents</c> and <c>AddWeftRuntime</c>; it also brings store, engine and
    /// orchestrators.
    /// </summary>
    public static IServiceCollection AddWeftApi(this IServiceCollection services)
    {
        services.AddRouting();

        // A web host has one; the router asks for it in any host.
        services.TryAddSingleton(_ => new DiagnosticListener("Microsoft.AspNetCore"));
        services.TryAddSingleton<DiagnosticSource>(s => s.GetRequiredService<DiagnosticListener>());
        services.AddOptionsWithValidateOnStart<ApiOptions>().BindConfiguration(ApiOptions.Section).ValidateDataAnnotations();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ApiOptions>, ApiOptionsValidator>());
        services.TryAddSingleton<MetricsCollector>();
        services.TryAddSingleton<AccessCheck>();
        services.Configure<JsonOptions>(options =>
        {
            var json = options.SerializerOptions;
            json.PropertyNamingPolicy = WeftJson.Options.PropertyNamingPolicy;
            json.DefaultIgnoreCondition = WeftJson.Options.DefaultIgnoreCondition;
            json.NumberHandling = WeftJson.Options.NumberHandling;
            json.MaxDepth = WeftJson.Options.MaxDepth;
            json.Encoder = WeftJson.Options.Encoder;
            json.AllowOutOfOrderMetadataProperties = WeftJson.Options.AllowOutOfOrderMetadataProperties;
            foreach (var converter in WeftJson.Options.Converters)
            {
                json.Converters.Add(converter);
            }
        });
        services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Weft",
                Version = "v1",
                Description = "Runs AI-agent workflows: durable executions, agents, models, tools, costs. /api/v0 is the same API.",
            };
            return Task.CompletedTask;
        }));
        return services;
    }
}
