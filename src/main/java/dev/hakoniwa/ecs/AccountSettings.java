package dev.hakoniwa.ecs;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DeleteAccountSettingRequest;
import software.amazon.awssdk.services.ecs.model.DeleteAccountSettingResponse;
import software.amazon.awssdk.services.ecs.model.ListAccountSettingsRequest;
import software.amazon.awssdk.services.ecs.model.ListAccountSettingsResponse;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingDefaultRequest;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingDefaultResponse;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingRequest;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingResponse;
import software.amazon.awssdk.services.ecs.model.Setting;
import software.amazon.awssdk.services.ecs.model.SettingType;

/// What an account, or one principal of it, has chosen for ECS. What a principal hasn't chosen is the account's choice,
/// what neither has chosen is AWS's.
public final class AccountSettings {
    private static final int PAGE = 10;

    private final Table<Setting> settings;

    public AccountSettings(Tables tables) {
        this.settings = tables.table("account setting");
    }

    /// The value that holds for the principal.
    public String effective(Scope scope, String principal, String name) {
        return chosen(scope, principal, name)
                .or(() -> chosen(scope, root(scope), name))
                .map(Setting::value)
                .orElseGet(() -> AccountSetting.named(name).standard());
    }

    /// The value that holds for who has not chosen one.
    public String ofAccount(Scope scope, String name) {
        return effective(scope, root(scope), name);
    }

    public PutAccountSettingResponse put(Call call, PutAccountSettingRequest request) {
        var principal = principal(call, request.principalArn());
        var setting = choose(call.scope(), principal, request.nameAsString(), request.value());
        return PutAccountSettingResponse.builder().setting(setting).build();
    }

    public PutAccountSettingDefaultResponse putDefault(Call call, PutAccountSettingDefaultRequest request) {
        var setting = choose(call.scope(), root(call.scope()), request.nameAsString(), request.value());
        return PutAccountSettingDefaultResponse.builder().setting(setting).build();
    }

    public DeleteAccountSettingResponse delete(Call call, DeleteAccountSettingRequest request) {
        var name = AccountSetting.named(request.nameAsString()).name();
        var principal = principal(call, request.principalArn());
        settings.remove(call.scope(), key(principal, name));
        return DeleteAccountSettingResponse.builder()
                .setting(effectiveSetting(call.scope(), principal, AccountSetting.named(name)))
                .build();
    }

    public ListAccountSettingsResponse list(Call call, ListAccountSettingsRequest request) {
        if (request.value() != null && request.nameAsString() == null) {
            throw Errors.invalidParameter("A setting name must be specified when filtering by value.");
        }
        var principal = principal(call, request.principalArn());
        var known = request.nameAsString() == null
                ? AccountSetting.ALL
                : List.of(AccountSetting.named(request.nameAsString()));
        var all = Boolean.TRUE.equals(request.effectiveSettings())
                ? known.stream().map(setting -> effectiveSetting(call.scope(), principal, setting))
                : known.stream().flatMap(setting -> chosen(call.scope(), principal, setting.name()).stream());
        var found = all.filter(
                        setting -> request.value() == null || request.value().equals(setting.value()))
                .toList();
        var listing = "ListAccountSettings " + principal + request.effectiveSettings();
        var size = Pages.size(request.maxResults(), PAGE, PAGE);
        var page = Pages.of(listing, found, Setting::nameAsString, request.nextToken(), size);
        return ListAccountSettingsResponse.builder()
                .settings(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private Setting choose(Scope scope, String principal, @Nullable String name, @Nullable String value) {
        var chosen = AccountSetting.named(name);
        var setting = setting(principal, chosen, chosen.checked(value));
        return settings.put(scope, key(principal, chosen.name()), setting);
    }

    private Optional<Setting> chosen(Scope scope, String principal, String name) {
        return settings.find(scope, key(principal, name));
    }

    private Setting effectiveSetting(Scope scope, String principal, AccountSetting setting) {
        return setting(principal, setting, effective(scope, principal, setting.name()));
    }

    private static Setting setting(String principal, AccountSetting setting, String value) {
        return Setting.builder()
                .name(setting.name())
                .value(value)
                .principalArn(principal)
                .type(setting.isReadOnly() ? SettingType.AWS_MANAGED : SettingType.USER)
                .build();
    }

    private static String principal(Call call, @Nullable String asked) {
        if (asked == null) {
            return call.principal();
        }
        var arn = Arn.parse(asked).filter(a -> a.service().equals("iam")).orElseThrow(Errors::invalidArn);
        if (!arn.account().equals(call.account().value())) {
            throw Errors.accountIdsMismatch();
        }
        return asked;
    }

    private static String root(Scope scope) {
        return "arn:aws:iam::" + scope.account() + ":root";
    }

    private static String key(String principal, String name) {
        return principal + " " + name;
    }
}
