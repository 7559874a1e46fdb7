"""What Graph v26.0 takes: every parameter with its type, per edge.

Parsed from facebook-business 26.0.3 (PyPI), facebook_business/adobjects, 2026-11-21. Where that description leaves a
file out, because its library sends it apart (`source`, `video_file_chunk`), it is put back.
"""

from __future__ import annotations

Parameters = dict[str, str]  # name -> type; an enumeration's type is its words, joined by "|"


def _parameters(*, choices: dict[str, str] | None = None, **names: str) -> Parameters:
    typed = {name: kind for kind, text in names.items() for name in text.split()}
    return typed | {name: "|".join(text.split()) for name, text in (choices or {}).items()}


COMMON = _parameters(string="access_token appsecret_proof fields locale", unsigned="appsecret_time")
PAGING = _parameters(string="after before", unsigned="limit offset", datetime="since until")

PAGE = _parameters(  # GET Page/
    string="account_linking_token",
)

PAGE_FEED = _parameters(  # POST Page/feed
    string="""
        album_id android_key_hash application_id asset3d_id associated_id caption client_mutation_id
        composer_entry_picker composer_entry_point composer_session_events_log composer_session_id
        composer_source_surface composer_type connection_class content_attachment cta_link cta_type description
        fun_fact_prompt_id instant_game_entry_point_data ios_bundle_id link location_source_id message name
        nectar_module object_attachment og_action_type_id og_icon_id og_object_id og_phrase
        og_suggestion_mechanism page_recommendation picture place_list privacy prompt_id prompt_tracking_string
        proxied_app_id quote referral_id source sponsor_id text_format_metadata text_format_preset_id
        text_only_place title tracking_info
    """,
    boolean="""
        attach_place_suggestion audience_exp breaking_news enforce_link_ownership is_backout_draft
        is_boost_intended is_explicit_location is_explicit_share is_group_linking_post is_photo_container
        manual_privacy multi_share_end_card multi_share_optimized og_hide_object_attachment og_set_profile_badge
        published user_selected_tags
    """,
    unsigned="""
        asked_fun_fact_prompt_id breaking_news_expiration composer_entry_time direct_share_status expanded_height
        expanded_width fun_fact_toastee_id height publish_event_id sponsor_relationship time_since_original_post
        video_start_time_ms width
    """,
    datetime="backdated_time scheduled_publish_time",
    listing="""
        attached_media child_attachments implicit_with_tags place_list_data post_surfaces_blacklist ref
        referenceable_image_ids tags
    """,
    mapping="image_crops",
    anything="""
        actions call_to_action coordinates feed_targeting home_checkin_city_id place properties suggested_place_id
        targeting viewer_coordinates
    """,
    file="thumbnail",
    choices={
        "backdated_time_granularity": "day hour min month none year",
        "formatting": "MARKDOWN PLAINTEXT",
        "place_attachment_setting": "1 2",
        "posting_to_redspace": "disabled enabled",
        "target_surface": "STORY TIMELINE",
        "unpublished_content_type": """
                ADS_POST DRAFT INLINE_CREATED PUBLISHED PUBLISH_PENDING REVIEWABLE_BRANDED_CONTENT SCHEDULED
                SCHEDULED_RECURRING
        """,
    },
)

PAGE_POSTS = _parameters(  # GET Page/published_posts
    boolean="include_hidden show_expired",
    unsigned="limit",
    datetime="since until",
    choices={
        "with": "LOCATION",
    },
)

PAGE_PHOTOS = _parameters(  # POST Page/photos
    string="""
        aid alt_text_custom android_key_hash application_id caption composer_entry_point composer_session_id
        ios_bundle_id location_source_id message name nectar_module og_action_type_id og_icon_id og_object_id
        og_phrase og_suggestion_mechanism privacy proxied_app_id qn sponsor_id url vault_image_id
    """,
    boolean="""
        allow_spherical_photo audience_exp full_res_is_coming_later is_explicit_location is_explicit_place
        manual_privacy no_story og_set_profile_badge published temporary user_selected_tags
    """,
    unsigned="""
        attempt direct_share_status filter_type initial_view_heading_override_degrees
        initial_view_pitch_override_degrees initial_view_vertical_fov_override_degrees offline_id parent_media_id
        scheduled_publish_time sponsor_relationship time_since_original_post
    """,
    integer="profile_id target_id uid",
    datetime="backdated_time",
    listing="tags",
    mapping="spherical_metadata",
    anything="feed_targeting place targeting",
    file="source",
    choices={
        "backdated_time_granularity": "day hour min month none year",
        "unpublished_content_type": """
                ADS_POST DRAFT INLINE_CREATED PUBLISHED PUBLISH_PENDING REVIEWABLE_BRANDED_CONTENT SCHEDULED
                SCHEDULED_RECURRING
        """,
    },
)

PAGE_VIDEOS = _parameters(  # POST Page/videos
    string="""
        application_id audio_story_wave_animation_handle composer_entry_picker composer_entry_point
        composer_session_events_log composer_session_id composer_source_surface composer_type container_type
        creative_tools crossposted_video_id description fbuploader_video_file_chunk file_url fun_fact_prompt_id
        instant_game_entry_point_data location_source_id og_action_type_id og_icon_id og_object_id og_phrase
        og_suggestion_mechanism partnership_ad_ad_code referenced_sticker_id replace_video_id
        source_instagram_media_id specified_dialect sponsor_id text_format_metadata title
        transcode_setting_properties universal_video_id upload_session_id upload_setting_properties video_asset_id
        video_id_original waterfall_id
    """,
    boolean="""
        embeddable fisheye_video_cropped guide_enabled is_ai_generated is_boost_intended is_explicit_share
        is_group_linking_post is_partnership_ad is_voice_clip manual_privacy no_story published reference_only
        secret social_actions spherical
    """,
    unsigned="""
        asked_fun_fact_prompt_id composer_entry_time direct_share_status end_offset file_size fov
        fun_fact_toastee_id initial_heading initial_pitch original_fov publish_event_id scheduled_publish_time
        sponsor_relationship start_offset time_since_original_post video_start_time_ms
    """,
    number="front_z_rotation",
    listing="ad_breaks backdated_post content_tags custom_labels guide multilingual_data",
    mapping="edit_description_spec selected_audio_spec slideshow_spec",
    anything="call_to_action expiration feed_targeting targeting",
    file="source thumb video_file_chunk",
    choices={
        "content_category": """
                BEAUTY_FASHION BUSINESS CARS_TRUCKS COMEDY CUTE_ANIMALS ENTERTAINMENT FAMILY FOOD_HEALTH HOME LIFESTYLE
                MUSIC NEWS OTHER POLITICS SCIENCE SPORTS TECHNOLOGY VIDEO_GAMING
        """,
        "formatting": "MARKDOWN PLAINTEXT",
        "original_projection_type": "cubemap equirectangular half_equirectangular",
        "swap_mode": "replace",
        "unpublished_content_type": """
                ADS_POST DRAFT INLINE_CREATED PUBLISHED PUBLISH_PENDING REVIEWABLE_BRANDED_CONTENT SCHEDULED
                SCHEDULED_RECURRING
        """,
        "upload_phase": "cancel finish start transfer",
    },
)

POST = _parameters(  # GET PagePost/
    string="primary_fb_page_id primary_ig_user_id",
)

POST_EDIT = _parameters(  # POST PagePost/
    string="""
        composer_session_id message og_action_type_id og_icon_id og_object_id og_phrase og_suggestion_mechanism
        privacy source_type sponsor_id text_format_preset_id tracking
    """,
    boolean="""
        is_explicit_location is_hidden is_pinned is_published og_hide_object_attachment og_set_profile_badge
        should_sync_product_edit
    """,
    unsigned="direct_share_status scheduled_publish_time sponsor_relationship",
    datetime="backdated_time",
    listing="attached_media explicitly_added_mentionee_ids tags",
    anything="place product_item",
    choices={
        "backdated_time_granularity": "day hour min month none year",
        "feed_story_visibility": "hidden visible",
        "timeline_visibility": "forced_allow hidden normal",
    },
)

VIDEO_EDIT = _parameters(  # POST AdVideo/
    string="description name preferred_thumbnail_id privacy sponsor_id target universal_video_id",
    boolean="""
        allow_bm_crossposting embeddable expire_now increment_play_count publish_to_news_feed
        publish_to_videos_tab published social_actions
    """,
    unsigned="direct_share_status scheduled_publish_time sponsor_relationship",
    datetime="backdated_time",
    listing="ad_breaks allow_crossposting_for_pages content_tags custom_labels tags",
    anything="call_to_action expiration",
    choices={
        "backdated_time_granularity": "day hour min month none year",
        "content_category": """
                BEAUTY_FASHION BUSINESS CARS_TRUCKS COMEDY CUTE_ANIMALS ENTERTAINMENT FAMILY FOOD_HEALTH HOME LIFESTYLE
                MUSIC NEWS OTHER POLITICS SCIENCE SPORTS TECHNOLOGY VIDEO_GAMING
        """,
    },
)

INSTAGRAM = _parameters(  # GET IGUser/
    string="adgroup_id",
)

INSTAGRAM_MEDIA = _parameters(  # POST IGUser/media
    string="""
        alt_text audio_configuration audio_name caption cover_url image_url location_id media_type poll_attachment
        thumb_offset title upload_type video_url
    """,
    boolean="""
        cross_post_to_threads is_ai_generated is_carousel_item is_comment_prompt_used is_paid_partnership
        is_poll_duration_extended share_to_feed show_ig_link
    """,
    listing="branded_content_sponsor_ids children collaborators product_tags user_tags",
    mapping="trial_params",
)

INSTAGRAM_PUBLISH = _parameters(  # POST IGUser/media_publish
    unsigned="creation_id",
)

MEDIA = _parameters(  # GET IGMedia/
    string="business_id primary_fb_page_id primary_ig_user_id secondary_fb_page_id secondary_ig_user_id",
    unsigned="ad_account_id",
    choices={
        "boostable_media_callsite": """
                ADS_MANAGER_L1_EDITOR_DYNAMIC_ADS_WITH_EXISTING_POST PA_HUB_CATALOG_INGESTION_CREATOR_ASSET
        """,
    },
)

MEDIA_EDIT = _parameters(  # POST IGMedia/
    boolean="comment_enabled",
    choices={
        "status": "ENDED STARTED",
    },
)
